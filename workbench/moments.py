"""The clock, in one place: tests set it, and nothing else of the workbench asks the system for the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - a server lives in time; the engine is told the day


def written(moment: datetime) -> str:
    """``moment`` as the database keeps it: its order as text is its order in time.

    >>> written(datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC))
    '2026-01-02T03:04:05.000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def after(moment: datetime, minutes: float) -> str:
    """The moment ``minutes`` later, as it is kept."""
    return written(moment + timedelta(minutes=minutes))


# The standards are Chinese: a day is a day there, whatever the server's zone.
_BEIJING = timedelta(hours=8)


def day_of(moment: datetime) -> date:
    """The day in China."""
    return (moment.astimezone(UTC) + _BEIJING).date()


def shown(kept: str) -> str:
    """A kept moment as people in China read it.

    >>> shown("2026-01-02T23:04:05.000Z")
    '2026-01-03 07:04'
    """
    moment = datetime.fromisoformat(kept)
    return (moment + _BEIJING).strftime("%Y-%m-%d %H:%M")
