"""What is worked out once for a value too large to be compared, such as a plan: it is known again by identity."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
Result = TypeVar("Result")


def remembered(last: int = 1) -> Callable[[Callable[[Value], Result]], Callable[[Value], Result]]:
    """A decorator: the function is not asked again about any of the `last` different values that it was asked about."""

    def remembering(function: Callable[[Value], Result]) -> Callable[[Value], Result]:
        known: dict[int, tuple[Value, Result]] = {}

        @wraps(function)
        def remembered(value: Value) -> Result:
            found = known.get(id(value))
            if found is None:
                if len(known) == last:
                    del known[next(iter(known))]
                found = known[id(value)] = value, function(value)
            return found[1]

        return remembered

    return remembering
