"""The analysis that a job's `analysis_type` names."""

from __future__ import annotations

from model_monitor.reports import Reports
from model_monitor.settings import Settings


def analyze(settings: Settings) -> Reports:
    """Imports only what the analysis needs."""
    if settings.analysis_type == "MODEL_QUALITY":
        from model_monitor.model_quality import model_quality

        return model_quality(settings)
    from model_monitor.data_quality import data_quality

    return data_quality(settings)
