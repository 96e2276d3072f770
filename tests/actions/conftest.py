"""The tests of the plan share one world for each file."""

from tests.actions.shared_world import built_world, full_row, world  # noqa: F401
