"""CodeBuild: projects of pipelines, which moto (5.2.5) refuses, their settings that it forgets, and their changes."""

from .projects import install

__all__ = ["install"]
