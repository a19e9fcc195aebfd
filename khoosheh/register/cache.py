"""Caches the results of queries: a register never changes, so a query with the same arguments has the same result.

The process has one store for the results and renderings of all registers, with one limit in bytes.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import wraps
from inspect import signature
from threading import Lock
from typing import Any, ParamSpec, TypeVar, cast
from weakref import finalize, ref

from khoosheh import limits
from khoosheh.register.memory_size import measure_memory
from khoosheh.register.register import Register

# bytes that the tables below take for an entry
ENTRY_BYTES = 500

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
# a register, a function, and the other arguments of the function
Key = tuple[ref[Register], Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class _Entry:
    """``answer``: the result; ``bytes``: of the result and its key, by the id or address of each part."""

    answer: Any
    bytes: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Owner:
    """``keys``: of the answers of a register; ``own``: the parts that the register itself holds."""

    own: frozenset[int]
    keys: set[Key] = field(default_factory=set)


class AnswerStore:
    """Answers by register, function and arguments; new answers replace the least recently used ones.

    A call for an answer that another thread is computing waits for that thread. Answers are removed with their
    register, so no answer may refer to it.
    """

    def __init__(self, most: int) -> None:
        """Create an empty store; ``most``: the bytes that all answers together may take."""
        self.most = most
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        # for each buffer or answer, the number of entries that hold it, and its bytes
        self._held: dict[int, tuple[int, int]] = {}
        self._nbytes = 0
        self._owners: dict[ref[Register], _Owner] = {}
        self._turns: dict[Key, Future[Any]] = {}
        self._gone: deque[ref[Register]] = deque()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return the number of cached answers."""
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """The estimated bytes of all cached answers; a buffer that several share counts once."""
        return self._nbytes

    def answer(
        self, register: Register, function: Hashable, arguments: Hashable, make: Callable[[], Answer]
    ) -> Answer:
        """Return the cached answer of ``function`` to a register and ``arguments``, else what ``make`` returns.

        An answer that is larger than the limit of the store is returned without being cached. Where ``make`` fails,
        one of the waiting threads calls its own: a run also fails because its visitor has left. ``make`` may call for
        other answers, but for none that waits for this answer.
        """
        key = (ref(register), function, arguments)
        while True:
            with self._lock:
                entry = self._entries.get(key)
                if entry is not None:
                    self._entries.move_to_end(key)
                    return entry.answer  # type: ignore[no-any-return]
                turn = self._turns.get(key)
                if turn is None:
                    turn = self._turns[key] = Future()
                    break
            try:
                return turn.result()  # type: ignore[no-any-return]
            except CancelledError:
                continue
        return self._compute_answer(register, key, turn, make)

    def _compute_answer(self, register: Register, key: Key, turn: Future[Any], make: Callable[[], Answer]) -> Answer:
        try:
            answer = make()
            self._keep_answer(register, key, answer)
        except BaseException:
            self._end_turn(key)
            turn.cancel()
            raise
        self._end_turn(key)
        turn.set_result(answer)
        return answer

    def _end_turn(self, key: Key) -> None:
        with self._lock:
            del self._turns[key]

    def _keep_answer(self, register: Register, key: Key, answer: object) -> None:
        owner = self._owners.get(key[0])
        own = owner.own if owner else frozenset(measure_memory(register))
        sizes = measure_memory(answer, register)
        sizes = {what: nbytes for what, nbytes in sizes.items() if what not in own}
        # arguments may be long, and entries do not share their keys
        sizes[id(key)] = ENTRY_BYTES + sum(measure_memory(key[2]).values())
        with self._lock:
            self._forget_gone_registers()
            if sum(sizes.values()) <= self.most:
                self._add_entry(register, key, _Entry(answer, sizes), own)
            while self._nbytes > self.most:
                self._forget_answer(next(iter(self._entries)))

    def _add_entry(self, register: Register, key: Key, entry: _Entry, own: frozenset[int]) -> None:
        if key[0] not in self._owners:
            self._owners[key[0]] = _Owner(own)
            finalize(register, self._note_gone_register, key[0]).atexit = False
        self._owners[key[0]].keys.add(key)
        self._entries[key] = entry
        for what, nbytes in entry.bytes.items():
            self._count_holder(what, nbytes)

    def _count_holder(self, what: int, nbytes: int) -> None:
        holders, nbytes = self._held.get(what, (0, nbytes))
        self._held[what] = holders + 1, nbytes
        self._nbytes += 0 if holders else nbytes

    def _forget_answer(self, key: Key) -> None:
        self._owners[key[0]].keys.discard(key)
        for what in self._entries.pop(key).bytes:
            holders, nbytes = self._held.pop(what)
            if holders > 1:
                self._held[what] = holders - 1, nbytes
            else:
                self._nbytes -= nbytes

    def _note_gone_register(self, gone: ref[Register]) -> None:
        """Forget the answers of a register that is gone.

        Garbage is collected at any moment, also within this thread while it holds the lock: then the answers are
        forgotten when the next answer is cached.
        """
        self._gone.append(gone)
        if self._lock.acquire(blocking=False):
            try:
                self._forget_gone_registers()
            finally:
                self._lock.release()

    def _forget_gone_registers(self) -> None:
        while self._gone:
            gone = self._gone.popleft()
            for key in list(self._owners[gone].keys):
                self._forget_answer(key)
            del self._owners[gone]


STORE = AnswerStore(limits.CACHE)


def cached_per_register(query: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Return a query that takes its results from the store, if it was called with the same arguments before.

    The first argument of ``query`` is a register; the others are hashable and given by position. All callers share
    the result: a table or value that is never changed and does not refer to the register.
    """
    # a call without an argument finds the answer to a call with its default
    defaults = tuple(parameter.default for parameter in signature(query).parameters.values())[1:]
    compute = cast("Callable[..., Answer]", query)

    @wraps(query)
    def answer_from_store(register: Register, *arguments: Hashable) -> Answer:
        with_defaults = arguments + defaults[len(arguments) :]
        return STORE.answer(register, query, with_defaults, lambda: compute(register, *arguments))

    return cast("Callable[Arguments, Answer]", answer_from_store)
