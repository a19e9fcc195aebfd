"""Remembering answers: a register never changes, so the same question of it has the same answer."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from khoosheh.register.load import Register

# questions kept of each register; a reader who moves the slider through all months asks some hundreds
MOST = 1000
_ANSWERS: WeakKeyDictionary[Register, dict] = WeakKeyDictionary()

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def remembered(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Answer a question that was asked before from memory.

    The first argument of ``ask`` is a register, the others are hashable. What it returns is shared by all who ask, so
    it must be a table or value that nobody writes to. Answers are forgotten with their register.
    """

    @wraps(ask)
    def answer(register: Register, *more: object) -> Answer:
        known = _ANSWERS.setdefault(register, {})
        key = (ask, more)
        if key not in known:
            found = ask(register, *more)
            if len(known) >= MOST:
                known.clear()
            known[key] = found
            return found
        return known[key]

    return answer
