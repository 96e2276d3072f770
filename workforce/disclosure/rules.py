"""What may be shown to whom: thresholds and limits, with the reasons and sources of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """Of one partnership, at the time of one release. Counts are of posts, shares are 0 to 1.

    The defaults: thresholds after Skills for Care's dashboards (fewer than 10 hidden) and the "10-5 rule" of the Office
    for National Statistics; dominance p% = 10 and three contributors after the checker ACRO and the employer surveys on
    Nomis; the width of what an attacker is left with, and the bases of percentages and percentiles, by design.
    """

    partnership_threshold: int = 5
    public_threshold: int = 10
    special_threshold: int = 10  # protected characteristics, pay, sickness: in every view
    flow_threshold: int = 10  # starters, leavers, vacancies: in every view
    base: int = 5  # public counts are rounded to
    noise: int = 2  # public counts move by at most
    width: int = 5  # values that an attacker must be left with, less one, for a hidden cell
    p_percent: float = 0.10
    fewest_contributors: int = 3
    one_value: float = 0.90  # a category with more of a small row than this gives its people away
    small_row: int = 100
    fewest_for_percent: int = 50  # below this denominator no percentage
    fewest_for_decimals: int = 400
    fewest_for_mean: int = 10
    fewest_for_quartiles: int = 40
    fewest_for_deciles: int = 100

    def threshold(self, *, public, special=False, flow=False):
        """The smallest count that may be shown."""
        least = self.public_threshold if public else self.partnership_threshold
        return max([least, *([self.special_threshold] if special else []), *([self.flow_threshold] if flow else [])])
