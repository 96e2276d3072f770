"""The tests of the plan share one world for each file."""

from tests.actions.shared_world import built_world, world  # noqa: F401
