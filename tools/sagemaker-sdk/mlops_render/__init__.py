"""Renders a model's pipelines that are written with AWS's SageMaker Python SDK (ADR 67): offline, always the same."""
