"""The tests of reviews share one world for each file, as those of the plan do."""

from tests.actions.shared_world import built_world, world  # noqa: F401
