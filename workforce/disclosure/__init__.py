"""The gate between what was counted and what anybody may see."""
