"""CodeBuild: projects of pipelines, which moto (5.2.5) refuses, their changes, and builds, which run here."""

from . import builds, projects

__all__ = ["install"]


def install() -> None:
    projects.install()
    builds.install()
