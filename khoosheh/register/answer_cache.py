"""Remembering answers: a register never changes, so the same question of it has the same answer."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from inspect import signature
from threading import Lock
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import narwhals as nw

from khoosheh.register.register import Register

# questions kept of each register; a reader who moves the slider through all months asks some hundreds
MOST = 1000
# and what they may take: a month of a large register's statements takes some tens of millions of bytes
MOST_BYTES = 10**9

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class AnswerCache:
    """Answers by what was asked; who asks while one is made waits for it, instead of making it as well.

    Fifty who open the same page at once would else each take all of the processor's time for the same answer.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._answers: OrderedDict[Hashable, object] = OrderedDict()
        self._bytes: dict[Hashable, tuple[int, int]] = {}
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._answers)

    def answer(self, key: Hashable, make: Callable[[], Answer], most: int) -> Answer:
        """Return what is kept under ``key``, or what ``make`` returns, which is kept.

        Of more than ``most``, or than ``MOST_BYTES`` together, those that were asked for longest ago are forgotten.
        ``make`` may ask for other keys, but for none that waits for this one.
        """
        with self._lock:
            if key in self._answers:
                return self._recall_answer(key)
            turn = self._making.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._answers:
                    return self._recall_answer(key)
            try:
                return self._keep_answer(key, make(), most)
            finally:
                # where it went wrong, whoever waits tries again
                with self._lock:
                    self._making.pop(key, None)

    def _recall_answer(self, key: Hashable) -> object:
        self._answers.move_to_end(key)
        return self._answers[key]

    def _keep_answer(self, key: Hashable, found: Answer, most: int) -> Answer:
        with self._lock:
            self._answers[key], self._bytes[key] = found, (id(found), estimate_size(found))
            # the newest stays however large it is
            while len(self._answers) > most or (self._count_bytes() > MOST_BYTES and len(self._answers) > 1):
                oldest, _ = self._answers.popitem(last=False)
                del self._bytes[oldest]
        return found

    def _count_bytes(self) -> int:
        """Return the bytes of all answers; one that answers several questions counts once."""
        return sum(dict(self._bytes.values()).values())


def estimate_size(found: object) -> int:
    """Return the bytes that frames and texts take, alone or in a tuple; of all else nothing is known."""
    if isinstance(found, nw.DataFrame):
        return int(found.estimated_size())
    if isinstance(found, tuple):
        return sum(map(estimate_size, found))
    return len(found) if isinstance(found, str) else 0


class RegisterCaches:
    """A memory for each register, forgotten with it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._of: WeakKeyDictionary[Register, AnswerCache] = WeakKeyDictionary()

    def of(self, register: Register) -> AnswerCache:
        """Return the memory of a register."""
        return self._of.setdefault(register, AnswerCache())


_ANSWERS = RegisterCaches()


def cached_per_register(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Answer a question that was asked before from memory.

    The first argument of ``ask`` is a register, the others are hashable. What it returns is shared by all who ask, so
    it must be a table or value that nobody writes to.
    """
    # who leaves an argument out asks the same as who names what it then is
    defaults = tuple(one.default for one in signature(ask).parameters.values())[1:]

    @wraps(ask)
    def answer_from_cache(register: Register, *more: object) -> Answer:
        asked = more + defaults[len(more) :]
        return _ANSWERS.of(register).answer((ask, asked), lambda: ask(register, *more), MOST)

    return answer_from_cache
