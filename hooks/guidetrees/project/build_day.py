"""The day of a build, and of a check: today, or the one that SOURCE_DATE_EPOCH gives (as the Reproducible Builds
project defines it), so that builds come out alike."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime

from guidetrees.messages.errors import UserError
from guidetrees.source.location import shorten

VARIABLE = "SOURCE_DATE_EPOCH"
LAST = 253_402_300_799
"""The last second of the year 9999, since 1970: no date is later."""


class InvalidBuildDay(UserError):
    """SOURCE_DATE_EPOCH is not a number of seconds since 1970."""


def build_day() -> date:
    """The day (UTC) of SOURCE_DATE_EPOCH, in seconds since 1970; today by the local clock where it is not set.

    Raises InvalidBuildDay.
    """
    told = os.environ.get(VARIABLE)
    if told is None:
        return date.today()
    if not re.fullmatch("[0-9]{1,12}", told) or int(told) > LAST:
        remedy = "set it to whole seconds since 1970, such as 1764115200, or leave it out"
        raise InvalidBuildDay(f"{VARIABLE} is '{shorten(told)}': {remedy}")
    return datetime.fromtimestamp(int(told), UTC).date()
