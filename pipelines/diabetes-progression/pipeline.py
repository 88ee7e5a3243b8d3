"""Progression of diabetes within a year, by XGBoost: tuned, used in batches, compared with what became of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inference_pipeline import inference_pipeline
from monitor_pipeline import monitor_pipeline
from train_pipeline import train_pipeline

if TYPE_CHECKING:
    from mlops_render.context import Context
    from sagemaker.workflow.pipeline import Pipeline


def pipelines(context: Context) -> dict[str, Pipeline]:
    return {
        "train": train_pipeline(context),
        "inference": inference_pipeline(context),
        "monitor": monitor_pipeline(context),
    }
