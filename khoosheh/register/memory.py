"""Remembering answers: a register never changes, so the same question of it has the same answer."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from khoosheh.register.load import Register

# questions kept of each register; a reader who moves the slider through all months asks some hundreds
MOST = 1000
_ANSWERS: WeakKeyDictionary[Register, OrderedDict] = WeakKeyDictionary()

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def remembered(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Answer a question that was asked before from memory.

    The first argument of ``ask`` is a register, the others are hashable. What it returns is shared by all who ask, so
    it must be a table or value that nobody writes to. Answers are forgotten with their register; of too many those
    that were asked for longest ago.
    """

    @wraps(ask)
    def answer(register: Register, *more: object) -> Answer:
        known = _ANSWERS.setdefault(register, OrderedDict())
        key = (ask, more)
        try:
            found = known[key]
        except KeyError:
            found = known[key] = ask(register, *more)
        # another reader may forget meanwhile
        with suppress(KeyError):
            known.move_to_end(key)
            while len(known) > MOST:
                known.popitem(last=False)
        return found

    return answer
