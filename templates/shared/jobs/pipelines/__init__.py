"""Pipelines of SageMaker, for its Python SDK 2. Rendering calls nothing of AWS."""
