"""Walks over any graph, which a function of neighbours describes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def closure(begin: Iterable[T], neighbours: Callable[[T], Iterable[T]]) -> set[T]:
    """`begin` and everything that `neighbours` reaches from it in any number of steps."""
    found: set[T] = set()
    waiting = list(begin)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(neighbours(one))
    return found


def postorder(starts: Iterable[T], neighbours: Callable[[T], Iterable[T]]) -> list[T]:
    """`starts` and everything that `neighbours` reaches from them, each after all that is reached from it.

    What closes a cycle is ignored.
    """
    done: list[T] = []
    seen: set[T] = set()
    for start in starts:
        stack = [] if start in seen else [(start, iter(neighbours(start)))]
        seen.add(start)
        while stack:
            one, left = stack[-1]
            following = next((other for other in left if other not in seen), None)
            if following is None:
                done.append(one)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(neighbours(following))))
    return done
