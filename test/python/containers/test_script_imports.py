from __future__ import annotations

import ast
import sys
from importlib.metadata import version

import pytest
from images import IMAGES
from pipeline_jobs import SCRIPTS, STEPS

LIBRARIES = {"sklearn": "scikit-learn"}
"""Libraries whose module has another name."""

INSTALLED_AS = {"xgboost": "xgboost-cpu"}

NEWER_THAN_3_10 = {"annotationlib", "compression", "tomllib"}
"""Modules of the standard library that the images' Python does not have."""

OTHER_VERSIONS_HERE = {
    ("preprocess.py", "pandas"),
    ("evaluate.py", "scikit-learn"),
}
"""One environment for both images, and for more Pythons than theirs, cannot have all of their versions (ADR 14)."""

JOBS = {
    step["Arguments"]["AppSpecification"]["ContainerEntrypoint"][-1].rpartition("/")[2]: step["Arguments"][
        "AppSpecification"
    ]["ImageUri"].rpartition("/")[2]
    for step in STEPS.values()
    if step["Type"] == "Processing"
}
"""The image that each script runs in."""


def modules(script: str, python: tuple[int, int]) -> set[str]:
    """Top-level modules that a script imports, read with the image's grammar."""
    tree = ast.parse((SCRIPTS / script).read_text(encoding="utf-8"), feature_version=python)
    nodes = list(ast.walk(tree))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    assert not [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level]
    return {name.partition(".")[0] for name in plain | named}


def libraries(script: str) -> set[str]:
    names = modules(script, IMAGES[JOBS[script]].python) - (sys.stdlib_module_names - NEWER_THAN_3_10)
    return {LIBRARIES.get(name, name) for name in names}


def same_version(script: str, library: str) -> bool:
    return version(INSTALLED_AS.get(library, library)) == IMAGES[JOBS[script]].libraries[library]


def test_each_script_runs_in_an_image_whose_libraries_are_known() -> None:
    assert JOBS == {
        "preprocess.py": "sagemaker-scikit-learn:1.4-2-cpu-py3",
        "evaluate.py": "sagemaker-xgboost:3.0-5",
    }
    assert set(JOBS.values()) == set(IMAGES)


@pytest.mark.parametrize("script", JOBS)
def test_a_script_imports_nothing_that_its_image_lacks(script: str) -> None:
    assert libraries(script) <= set(IMAGES[JOBS[script]].libraries)


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="the images' libraries end with Python 3.12")
@pytest.mark.parametrize("script", JOBS)
def test_libraries_are_the_images_versions_but_for_those_said(script: str) -> None:
    others = {(script, library) for library in libraries(script) if not same_version(script, library)}
    assert others == {pair for pair in OTHER_VERSIONS_HERE if pair[0] == script}


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="the images' libraries end with Python 3.12")
def test_the_versions_that_name_the_images_are_installed() -> None:
    assert version("scikit-learn") == IMAGES["sagemaker-scikit-learn:1.4-2-cpu-py3"].libraries["scikit-learn"]
    assert version("xgboost-cpu") == IMAGES["sagemaker-xgboost:3.0-5"].libraries["xgboost"]
