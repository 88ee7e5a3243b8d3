"""A container for SageMaker that trains and serves a classifier of iris flowers."""
