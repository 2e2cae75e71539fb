"""What was read of a file, kept until the file changes: a preview reads a project at every save."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_everything: list[dict[str, Any]] = []


def kept_by_file(file: Callable[..., str]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Makes a function keep what it returned last for each file, until it is called for that with other arguments.
    `file` finds the file's path among these. Former versions are not kept: a preview runs all day."""

    def keeping(read: Callable[P, T]) -> Callable[P, T]:
        kept: dict[str, tuple[Hashable, T]] = {}
        _everything.append(kept)

        @wraps(read)
        def reading(*args: P.args, **named: P.kwargs) -> T:
            name, given = file(*args, **named), (args, tuple(named.items()))
            known = kept.get(name)
            if known is None or known[0] != given:
                known = kept[name] = given, read(*args, **named)
            return known[1]

        return reading

    return keeping


def forget() -> None:
    """Forgets all that is kept, so that files are read again."""
    for kept in _everything:
        kept.clear()
