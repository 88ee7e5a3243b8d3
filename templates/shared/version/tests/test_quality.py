import json
from pathlib import Path

import pytest

from ci.commands import RunError
from ci.quality import auc, hold_to
from ci.version import Version

VERSION = Version("arn:aws:sagemaker:us-east-1:111111111111:model-package/g/1", 0.9, "s3://b/held-out", "asked for")


def test_auc_is_what_scikit_learn_says() -> None:
    # roc_auc_score([0, 0, 1, 1, 1, 0], [.1, .4, .35, .8, .4, .4]) of scikit-learn
    assert auc([0, 0, 1, 1, 1, 0], [0.1, 0.4, 0.35, 0.8, 0.4, 0.4]) == pytest.approx(0.6666666666666667)


def test_one_label_alone_has_no_auc() -> None:
    with pytest.raises(RunError, match="both labels"):
        auc([1, 1], [0.1, 0.2])


def test_a_version_is_held_to_what_it_was_registered_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    hold_to(VERSION, [0, 1], [0.1, 0.9], 0.02)
    assert json.loads(Path("release/test.json").read_text())["auc"] == 1
    with pytest.raises(RunError, match=r"0\.5000: more than 0\.02 below 0\.9000"):
        hold_to(VERSION, [0, 1], [0.5, 0.5], 0.02)
