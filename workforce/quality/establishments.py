"""Measures of workplaces: from the companion of a snapshot, or from its posts where a source has no such file."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from workforce.quality.figures import CarryForward, FlowClosure, Timeliness
from workforce.template import MISSING, NOT_APPLICABLE, SIZE_BANDS

FEWEST_STAFF = 3
CLOSE, CLOSE_SHARE = 5, 0.10
FLOWS = ("starters", "leavers", "vacancies")


def filled_posts(total, records):
    """Filled posts of workplaces from their reported total staff T and their staff records W; NaN where unknown.

    T and W along workplaces, in people or posts, NaN where there is none. Where T = W >= 3, that number; where both
    are at least 3 and |T - W| < 5 or |T - W| / mean(T, W) < 0.10, their mean; otherwise it cannot be known from the
    return. Source: the filled-posts calculator of Skills for Care's estimation pipeline.
    """
    total, records = np.asarray(total, float), np.asarray(records, float)
    mean, apart = (total + records) / 2, np.abs(total - records)
    with np.errstate(invalid="ignore", divide="ignore"):
        close = (apart < CLOSE) | (apart / mean < CLOSE_SHARE)
        settled = (total >= FEWEST_STAFF) & (records >= FEWEST_STAFF) & close
    return np.where(settled, mean, np.nan)


def read_establishments(path: Path) -> pd.DataFrame:
    """The companion of a snapshot: keys as bytes, words as texts, numbers as floats, days as dates."""
    table = pd.read_parquet(path, dtype_backend="pyarrow")
    kept = {name: _plain(table[name]) for name in table.columns if not name.endswith("_state")}
    return pd.DataFrame(kept)


def _plain(column):
    kind = str(column.dtype)
    if kind.startswith("dictionary"):
        return column.astype("object").astype("str")
    if kind.startswith("date"):
        return pd.to_datetime(column)
    if kind.startswith(("float", "int", "double")):
        return column.astype("float64").fillna(np.nan)
    return column.astype("object")


def establishments_from_posts(path: Path) -> pd.DataFrame:
    """What posts say of their workplaces, where the source has no file of workplaces: who works in each of them.

    Only filled posts count. Posts without a workplace count as one; the service is the most frequent one of its posts.
    """
    wanted = ["establishment_key", "service", "is_employee", "leave_month_state"]
    posts = pd.read_parquet(path, columns=wanted, dtype_backend="pyarrow")
    posts = posts[posts.leave_month_state == NOT_APPLICABLE]
    posts = pd.DataFrame(
        {
            "establishment_key": posts.establishment_key.astype("object").where(posts.establishment_key.notna(), b""),
            "service": posts.service.astype("category"),
            "employed": (posts.is_employee == "yes").astype("float64"),
        }
    )
    counts = posts.groupby("establishment_key", observed=True).agg(
        posts=("employed", "size"), employees=("employed", "sum")
    )
    pairs = posts.groupby(["establishment_key", "service"], observed=True).size().reset_index(name="posts")
    main = pairs.sort_values("posts", kind="stable").groupby("establishment_key").service.last().astype("str")
    count = counts.posts.astype("float64")
    found = {"service": main.reindex(counts.index).fillna(MISSING), "total_staff": count, "posts_in_file": count}
    frame = pd.DataFrame(found | {"employees": counts.employees, "size_band": count.map(size_band)})
    return frame.reset_index()


def size_band(staff):
    """The band of a number of staff; `missing` for none."""
    fitting = (band for band, (low, high) in SIZE_BANDS.items() if low <= staff <= (high or np.inf))
    return next(fitting, MISSING)


def timeliness(last_changed: pd.Series, as_at: date) -> Timeliness:
    """Median days since the last change, and how many workplaces are at most 6, at most 12 and over 24 months old.

    Months are those of the calendar. Over 24 months a workplace is left out of figures, as Skills for Care does
    before estimating (its pipeline's purge of records not amended for two years).
    """
    changed = pd.to_datetime(last_changed).dropna()
    day = pd.Timestamp(as_at)
    since = {months: int((changed >= day - pd.DateOffset(months=months)).sum()) for months in (6, 12, 24)}
    median = float((day - changed).dt.days.median()) if len(changed) else None
    return Timeliness(len(last_changed), len(changed), median, since[6], since[12], len(changed) - since[24])


def last_known_change(current: pd.DataFrame, earlier: list[pd.DataFrame]) -> pd.Series:
    """When each workplace was last changed: as this return says, else as the newest earlier one does.

    `earlier` newest first. A return that passes a workplace on unchanged says nothing of when it was changed.
    """
    known = current.set_index("establishment_key").last_changed
    known = known[~known.index.duplicated()]
    for table in earlier:
        before = table.set_index("establishment_key").last_changed
        known = known.fillna(before[~before.index.duplicated()].reindex(known.index))
    return known


def carry_forward(current: pd.DataFrame, earlier: list[pd.DataFrame]) -> CarryForward:
    """How many workplaces have identical starters, leavers and vacancies in this return and in an earlier one.

    Compared are workplaces that give all three in both, except those with nought everywhere: a small workplace where
    nobody came or went says the same for years and is right. Source: Skills for Care's pipeline sets such repeats
    aside as suspected carry-forward.
    """
    now = _flows(current)
    same, compared = set(), set()
    for table in earlier:
        both = now.join(_flows(table).add_suffix("_before"), how="inner").dropna()
        both = both[(both != 0).any(axis=1)]
        equal = np.logical_and.reduce([both[name] == both[f"{name}_before"] for name in FLOWS])
        compared.update(both.index)
        same.update(both.index[equal])
    return CarryForward(len(compared), len(same))


def _flows(table):
    flows = table.set_index("establishment_key").reindex(columns=list(FLOWS))
    return flows[~flows.index.duplicated()]


def flow_closure(current: pd.DataFrame, before: pd.DataFrame, months: float) -> FlowClosure:
    """Whether starters less leavers explain the change in employees between two returns that lie `months` apart.

    Starters and leavers are those of the last twelve months, so they are brought to the time between (months / 12);
    best read on returns a year apart. Counted are workplaces in both returns that give starters and leavers. Source:
    the published national flows do not close either, which is why the rest is reported and not adjusted.
    """
    names = ["employees", "starters", "leavers"]
    now, then = (table.set_index("establishment_key").reindex(columns=names) for table in (current, before))
    now, then = now[~now.index.duplicated()].dropna(), then[~then.index.duplicated()].employees.dropna()
    both = now.join(then.rename("employees_before"), how="inner")
    share = months / 12
    return FlowClosure(
        len(both), float(both.employees_before.sum()), float(both.employees.sum()),
        float(both.starters.sum() * share), float(both.leavers.sum() * share),
    )  # fmt: skip


def strata_of(table: pd.DataFrame) -> list[dict]:
    """Workplaces by service and size: how many there are, their filled posts, employees and leavers.

    Posts by `filled_posts`; of workplaces whose posts it cannot settle, the mean of those of their stratum counts,
    or else the posts in the file. `unsettled` says how many these are. Where no workplace says its total staff, the
    file is a list of staff and its posts are all there are.
    """
    is_list = table.total_staff.isna().all()
    table = table.assign(
        filled=table.posts_in_file if is_list else filled_posts(table.total_staff, table.posts_in_file),
        with_flows=table.reindex(columns=["leavers"]).leavers.notna() & table.employees.notna(),
    )
    groups = table.groupby(["service", "size_band"], sort=True)
    return [_stratum(service, band, group) for (service, band), group in groups]


def _stratum(service, band, group):
    settled = group.filled.notna()
    model = group.filled.mean() if settled.any() else np.nan
    rest = group.posts_in_file[~settled].fillna(0) if np.isnan(model) else np.full((~settled).sum(), model)
    flows = group[group.with_flows]
    return {
        "service": service,
        "size_band": band,
        "establishments": len(group),
        "posts": round(float(group.filled.sum() + np.sum(rest)), 1),
        "unsettled": int((~settled).sum()),
        "employees": float(flows.employees.sum()),
        "leavers": float(flows.leavers.sum()) if len(flows) else 0.0,
    }


def earlier_to_compare(as_at: date, dates: list[date]) -> date | None:
    """Of earlier returns the one nearest to a year before, because flows are told for a year; None without any."""
    earlier = [day for day in dates if day < as_at]
    return min(earlier, key=lambda day: (abs((as_at - day).days - 365), day), default=None)


def months_between(earlier: date, later: date) -> int:
    """Whole months of the calendar, at least one."""
    return max(1, (later.year - earlier.year) * 12 + later.month - earlier.month)
