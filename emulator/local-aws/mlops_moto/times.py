"""Moments: moto's own (UTC without a zone) and ISO 8601."""

from datetime import datetime, timezone


def iso(moment: datetime) -> str:
    """To the millisecond, such as `2021-03-15T16:10:11.250Z`."""
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def iso_seconds(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def from_iso(text: str) -> datetime:
    """raises ValueError: where it is no ISO 8601 time; one without a zone is taken as UTC"""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment
