"""What is lost on the way to the common template: codes that share a value, and codes that no crosswalk knows."""

from dataclasses import dataclass

from workforce.template import ABSENT


@dataclass(frozen=True)
class CodeCount:
    """Rows with one of the sender's codes and what became of it; `known` unless no crosswalk has the code."""

    field: str
    code: str
    value: str
    rows: int
    merged: bool
    known: bool = True

    @property
    def is_loss(self):
        """Several codes that mean "not known" becoming one lose nothing that a figure could use."""
        return not self.known or (self.merged and self.value not in ABSENT)


@dataclass(frozen=True)
class MappingLoss:
    """Rows with a code in one field, and how many of them had one that was merged, or that nobody knows."""

    field: str
    rows: int
    merged: int
    unmapped: int

    @property
    def merged_rate(self):
        return self.merged / self.rows if self.rows else None

    @property
    def unmapped_rate(self):
        return self.unmapped / self.rows if self.rows else None


def mapping_loss(counts: list[CodeCount]) -> list[MappingLoss]:
    """Mapping loss of each field = rows whose code was merged, or unmapped, of the rows that have a code.

    Rates are shares from 0 to 1 of rows. A row counts once for each field. Source: the design of this planner; that
    unmapped codes must be counted and not dropped is the practice of the national estimates' own pipeline.
    """
    by_field = {}
    for count in counts:
        by_field.setdefault(count.field, []).append(count)
    return [_loss_of(field, of) for field, of in by_field.items()]


def _loss_of(field, counts):
    return MappingLoss(
        field=field,
        rows=sum(count.rows for count in counts),
        merged=sum(count.rows for count in counts if count.known and count.is_loss),
        unmapped=sum(count.rows for count in counts if not count.known),
    )


def worst_unmapped(losses: list[MappingLoss]):
    """The field that loses the largest share to unknown codes; None where no field has codes."""
    return max((loss for loss in losses if loss.rows), key=lambda loss: loss.unmapped_rate, default=None)
