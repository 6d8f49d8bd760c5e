"""`typing.NamedTuple` without its price at start.

The program starts from cron, hooks and CI hundreds of times a day, and every class costs at every start: the original
compiles each annotation and evaluates source text for each class, six times the cost of what is done here (one
constructor per number of fields, renamed for each class). Type checkers see the original; so do readers: a record is a
tuple with named fields, defaults, `_fields`, `_replace` and `_asdict`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import _tuplegetter
    from functools import lru_cache
    from types import FunctionType

    @lru_cache(maxsize=64)
    def _constructor(size):
        names = "".join(f"_{i}, " for i in range(size))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names}))", {}).__code__

    def _replace(self, /, **changes):
        values = tuple.__new__(type(self), map(changes.pop, self._fields, self))
        if changes:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(map(repr, changes))}")
        return values

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self):
        said = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({said})"

    def __getnewargs__(self):
        return tuple(self)

    _COMMON = {
        "__slots__": (),
        "__repr__": __repr__,
        "__getnewargs__": __getnewargs__,
        "_replace": _replace,
        "_asdict": _asdict,
    }
    _SCOPE = {"_new": tuple.__new__}

    class _Meta(type):
        def __new__(mcs, name, bases, body):
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = tuple(body.pop(field) for field in fields if field in body)
            code = _constructor(len(fields)).replace(co_varnames=("_cls", *fields))
            getters = {field: _tuplegetter(i, None) for i, field in enumerate(fields)}
            new = {
                "_fields": fields,
                "__match_args__": fields,
                "__new__": FunctionType(code, _SCOPE, "__new__", defaults),
            }
            body.pop("__classcell__", None)
            return type(name, (tuple,), {**_COMMON, **body, **getters, **new})

    class NamedTuple(metaclass=_Meta):
        """A frozen record: fields are the class's annotations, in order; the rest of the body are its methods."""


__all__ = ["NamedTuple"]
