"""Stacks: what is kept of them, and the runs that make, change and delete their resources."""
