"""
The functions of a model's module, and the images' own in the place of those that it leaves out: `model_fn` loads the
model, and either `transform_fn`, or `input_fn`, `predict_fn` and `output_fn`, answers with it.
https://sagemaker.readthedocs.io/en/v2/frameworks/sklearn/using_sklearn.html#sagemaker-scikit-learn-model-server
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from script_mode.container import ScriptError, is_xgboost, ml_root
from script_mode.encoding import CSV, JSON, TEXTS, UnknownFormatError, decode, encode

Function = Callable[..., Any]


class ContentError(Exception):
    """A request cannot be read, or not be answered as it asks to be."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Model:
    """A loaded model, with what answers for it. raises ScriptError: where the module lacks or mixes functions"""

    def __init__(self, module: ModuleType) -> None:
        own = {name: getattr(module, f"{name}_fn", None) for name in ("model", "input", "predict", "output")}
        transform = getattr(module, "transform_fn", None)
        if own["model"] is None:
            raise ScriptError("Please provide a model_fn implementation.")
        if transform and (own["input"] or own["predict"] or own["output"]):
            raise ScriptError("Cannot use transform_fn implementation with input_fn, predict_fn, and/or output_fn")
        self._input: Function = own["input"] or (_xgboost_input if is_xgboost() else _scikit_learn_input)
        self._predict: Function = own["predict"] or (_xgboost_predict if is_xgboost() else _scikit_learn_predict)
        self._output: Function = own["output"] or encode
        self._transform: Function = transform or self._in_three
        self._is_own_answer = bool(transform or own["output"])
        self._model = _called(own["model"], str(ml_root() / "model"))

    def answer(self, body: bytes, content_type: str | None, accept: str | None) -> tuple[Any, str]:
        """
        A body, and its content type.

        raises ContentError
        """
        default = os.environ.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", JSON)
        wanted = default if accept is None or accept in ("", "*/*") else accept
        given = content_type or (None if is_xgboost() else JSON)
        content = body.decode() if given in TEXTS else body
        result = _called(self._transform, self._model, content, given, wanted)
        if isinstance(result, tuple):
            return result[0], result[1]
        return result, wanted if is_xgboost() or not self._is_own_answer else "text/html; charset=utf-8"

    def _in_three(self, model: Any, content: Any, content_type: str | None, accept: str) -> Any:
        try:
            data = _called(self._input, content, content_type)
        except UnknownFormatError as error:
            raise ContentError(415, str(error)) from error
        prediction = _called(self._predict, data, model)
        try:
            return _called(self._output, prediction, accept)
        except UnknownFormatError as error:
            raise ContentError(406, str(error)) from error


def _called(function: Function, *arguments: Any) -> Any:
    """XGBoost's image hands a context to functions that have one parameter more."""
    if is_xgboost() and len(inspect.signature(function).parameters) == len(arguments) + 1:
        return function(*arguments, SimpleNamespace(system_properties={"model_dir": str(ml_root() / "model")}))
    return function(*arguments)


def _scikit_learn_input(content: Any, content_type: str | None) -> np.ndarray:
    array = decode(content, content_type)
    return array.astype(np.float32) if content_type in TEXTS else array


def _scikit_learn_predict(data: Any, model: Any) -> Any:
    return model.predict(data)


def _xgboost_input(content: Any, content_type: str | None) -> Any:
    """CSV or LIBSVM, as a DMatrix; RecordIO protobuf is refused, for nothing here reads it."""
    import xgboost as xgb
    from xgboost_image.csv_rows import delimiter_of, read_rows
    from xgboost_image.invocations import rows_of_libsvm

    kind = (content_type or "").split(";")[0].strip()
    text = content.decode() if isinstance(content, bytes) else content
    if kind == CSV:
        return xgb.DMatrix(read_rows(text.rstrip(), "body", None, delimiter_of(text)))
    if kind in ("text/libsvm", "text/x-libsvm"):
        return xgb.DMatrix(rows_of_libsvm(text.strip(), 0))
    raise UnknownFormatError(content_type)


def _xgboost_predict(data: Any, model: Any) -> Any:
    return model.predict(data, validate_features=False)
