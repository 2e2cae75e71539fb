"""Tables as spreadsheets of the site's language read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from guidetrees.messages.words import Words

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets recognise UTF-8."""


def as_csv(words: Words, rows: Iterable[Iterable[str]]) -> str:
    """The text of a CSV file."""
    text = StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    table = csv.writer(text, delimiter=";" if words.has_decimal_comma else ",", lineterminator="\r\n")
    table.writerows([_no_formula(cell) for cell in row] for row in rows)
    return text.getvalue()


def _no_formula(cell: str) -> str:
    """The text of a cell so that no spreadsheet reads it as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
