"""The establishments of a made-up workforce."""

from dataclasses import dataclass

import numpy as np

from workforce.sampling import literals
from workforce.sampling.drawing import allocate, deal, pick, pick_by_row, stream

MEAN_SIZE = 36
STALE = 0.03  # establishments whose records nobody has touched for more than two years
STALE_MONTHS = 27
SWAPPED = 0.02  # establishments that give the Care Certificate codes 2 and 3 the wrong way round
NO_MANAGER = 0.12  # regulated establishments that have a vacancy for the registered manager
SECTOR_CODES = tuple(literals.SECTORS)
SERVICE_CODES = tuple(literals.SERVICES)


@dataclass(frozen=True)
class Places:
    """One element for each establishment; `sector`, `service` and `kind` are positions in the tables of `literals`."""

    size: np.ndarray
    sector: np.ndarray
    service: np.ndarray
    kind: np.ndarray
    regulated: np.ndarray
    no_manager: np.ndarray
    stale: np.ndarray
    swapped: np.ndarray
    responding: np.ndarray

    def __len__(self):
        return len(self.size)

    @property
    def band(self):
        return size_band(self.size)

    def fact(self, position):
        """What the table of services says at `position`, for each establishment."""
        return np.array([row[position] for row in literals.SERVICES.values()])[self.service]


def size_band(sizes):
    """Position in SIZE_BANDS."""
    return np.searchsorted([10, 50], sizes, side="right")


def draw_places(seed, rows):
    """Establishments with `rows` posts between them: sizes as 22/60/18 of under 10, 10 to 49, 50 and over."""
    rng = stream(seed, "places")
    size = draw_sizes(rng, rows)
    many = len(size)
    service = deal(rng, [row[0] for row in literals.SERVICES.values()], many)
    kinds = np.array([literals.KINDS_OF_SERVICE.index(row[1]) for row in literals.SERVICES.values()])
    regulated = np.array([row[2] for row in literals.SERVICES.values()], dtype=bool)[service]
    return Places(
        size=size,
        sector=_sectors(rng, kinds[service]),
        service=service,
        kind=kinds[service],
        regulated=regulated,
        no_manager=regulated & (size >= 5) & (rng.random(many) < NO_MANAGER),
        stale=rng.random(many) < STALE,
        swapped=rng.random(many) < SWAPPED,
        responding=rng.random(many) < np.array(list(literals.RESPONSE.values()))[size_band(size)],
    )


def draw_sizes(rng, rows):
    shares, lowest, highest = (np.array(part) for part in zip(*literals.SIZE_BANDS.values(), strict=True))
    band = rng.permutation(np.repeat(np.arange(3), allocate(shares, max(1, round(rows / MEAN_SIZE)))))
    low, high = lowest[band], highest[band]
    within = np.where(band == 2, rng.exponential(0.25, len(band)), rng.random(len(band)))
    return _add_up(np.minimum(high, low + np.floor(within * (high - low + 1)).astype(int)), low, high, rows)


def _add_up(size, low, high, rows):
    """The same sizes, moved within their bands until they add up to `rows`; what is left over goes to the largest."""
    short = rows - size.sum()
    room = high - size if short > 0 else size - low
    before = np.cumsum(room) - room
    size = size + np.sign(short) * np.clip(abs(short) - before, 0, room)
    size[np.argmax(size)] += rows - size.sum()
    return size


def _sectors(rng, kind):
    base = [share for _, share in literals.SECTORS.values()]
    by_kind = {
        "social work": [0.85, 0.1, 0.02, 0.03, 0],
        "head office": [0, 0, 0.8, 0.2, 0],
        "nursing": [0, 0, 0.9, 0.1, 0],
    }
    return pick_by_row(rng, [by_kind.get(name, base) for name in literals.KINDS_OF_SERVICE], kind)


def pick_answers(seed, name, shares, many):
    return pick(stream(seed, "places", name), shares, many)
