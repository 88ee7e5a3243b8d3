"""The model file, in the format of the image's version.

Images up to 1.2 pickle the booster; later ones save it as XGBoost does by default: in its binary format until 2.1, as
UBJSON since; 3.1 reads the binary one no more. Every image first tries a pickle when it serves, then XGBoost's own
formats: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html (serialization), algorithm_mode/train.py and
serve_utils.py of the image, https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html
"""

from __future__ import annotations

import os
import pickle
import tarfile
from collections.abc import Mapping
from pathlib import Path

import xgboost as xgb

from xgboost_image.job import JobError, first_line

MODEL_FILE = "xgboost-model"
HERE = "3.0-5"
"""The version whose XGBoost this is."""

FORMATS: Mapping[str, str] = {
    **dict.fromkeys(("0.90-1", "0.90-2", "1.0-1", "1.2-1", "1.2-2"), "pickle"),
    **dict.fromkeys(("1.3-1", "1.5-1", "1.7-1"), "deprecated"),
    **dict.fromkeys((HERE, "3.2-0"), "ubj"),
}
"""What each version writes, as Booster.save_raw names it."""

PICKLED = b"\x80"
JSON_FAMILY = b"{"
BINARY = b"binf"


def image_version() -> str:
    """The version in the image's tag. Raises JobError for one that AWS has not."""
    version = os.environ.get("IMAGE_VERSION") or HERE
    if version not in FORMATS:
        raise JobError(f"the image's version must be one of {', '.join(FORMATS)}, got: {version!r}")
    return version


def model_bytes(booster: xgb.Booster, version: str) -> bytes:
    """The model file that the image of this version writes."""
    if FORMATS[version] == "pickle":
        return pickle.dumps(booster)
    with xgb.config_context(verbosity=0):  # the format is deprecated, which is known here
        return bytes(booster.save_raw(FORMATS[version]))


def load_model(archive: Path, version: str) -> xgb.Booster:
    """The booster of a training job's model.tar.gz, as the image of this version loads it."""
    try:
        with tarfile.open(archive) as tar:
            member = tar.extractfile(MODEL_FILE)
            if member is None:
                raise JobError(f"{archive}: {MODEL_FILE} is not a file")
            content = member.read()
    except (OSError, EOFError, KeyError, tarfile.TarError) as error:
        raise JobError(f"{archive}: holds no readable {MODEL_FILE}: {error}") from None
    return _loaded(content, f"{archive}: {MODEL_FILE}", version)


def load_unpacked(folder: Path, version: str) -> xgb.Booster:
    """The booster of an archive that SageMaker has unpacked. The image takes its files, whatever they are called."""
    files = [path for path in folder.iterdir() if path.is_file()]
    if len(files) != 1:
        names = ", ".join(sorted(path.name for path in files)) or "nothing"
        raise JobError(f"{folder} must hold one model and nothing else (ensembles are not served here), got: {names}")
    return _loaded(files[0].read_bytes(), str(files[0]), version)


def _loaded(content: bytes, place: str, version: str) -> xgb.Booster:
    """Raises JobError for what that image cannot load, too: UBJSON and JSON before 2.1, the binary format since 3.1."""
    if content.startswith(JSON_FAMILY) and FORMATS[version] != "ubj":
        raise JobError(f"{place} is of XGBoost 2.1 or later, which the image {version} cannot load")
    if content.startswith(BINARY) and version == "3.2-0":
        raise JobError(f"{place} is in the binary format, which the image {version} cannot load")
    booster = _booster(content, place)
    booster.set_param("nthread", 1)
    return booster


def _booster(content: bytes, place: str) -> xgb.Booster:
    try:
        if not content.startswith(PICKLED):
            return xgb.Booster(model_file=bytearray(content))
        booster = pickle.loads(content)
    except xgb.core.XGBoostError as error:
        raise JobError(f"{place} is no XGBoost model: {first_line(error)}") from error
    except Exception as error:  # unpickling may raise anything
        raise JobError(f"{place} cannot be unpickled: {type(error).__name__}: {error}") from error
    if not isinstance(booster, xgb.Booster):
        raise JobError(f"{place} must be a pickled Booster, got: {type(booster).__name__}")
    return booster
