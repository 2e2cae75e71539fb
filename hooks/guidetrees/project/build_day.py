"""The day of a build or a check: today, or the day in SOURCE_DATE_EPOCH, so that builds are reproducible.

SOURCE_DATE_EPOCH is defined by the Reproducible Builds project.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime

from guidetrees.messages.errors import UserError
from guidetrees.messages.message import say
from guidetrees.source.location import shorten

VARIABLE = "SOURCE_DATE_EPOCH"
LAST = 253_402_300_799
"""The last second of the year 9999, the last year of `date`, in seconds since 1970."""


class InvalidBuildDay(UserError):
    """The value of SOURCE_DATE_EPOCH is not a time. The text is one line with the remedy."""


def build_day() -> date:
    """The day (UTC) of SOURCE_DATE_EPOCH, in seconds since 1970; today by the local clock if it is not set.

    Raises InvalidBuildDay.
    """
    value = os.environ.get(VARIABLE)
    if value is None:
        return date.today()
    if not re.fullmatch("[0-9]{1,12}", value) or int(value) > LAST:
        raise InvalidBuildDay(
            say(
                "{variable} is '{value}': set it to whole seconds since 1970, such as 1764115200, or leave it out",
                variable=VARIABLE,
                value=shorten(value),
            )
        )
    return datetime.fromtimestamp(int(value), UTC).date()
