"""Whether a caller may do what it asks, by all policies that stand. Optional: see `serve`."""
