"""What was computed from a register is kept: a register never changes, so the same question has the same answer.

One store for the whole process, answers and renderings of all registers alike, within one bound of bytes.
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

# an entry's places in the tables below
ENTRY_BYTES = 500

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
# a register, a function, and what else the function was asked
Key = tuple[ref[Register], Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class _Entry:
    """``answer``: what was computed; ``bytes``: what it and its key take, by what takes it."""

    answer: Any
    bytes: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Owner:
    """``keys``: of the answers of a register; ``own``: what the register itself holds."""

    own: frozenset[int]
    keys: set[Key] = field(default_factory=set)


class AnswerStore:
    """Answers by register and question, of which those asked for longest ago make room for new ones.

    Who asks for what is being computed waits for it. Answers go with their register, so none may refer to it.
    """

    def __init__(self, most: int) -> None:
        """Begin with none; ``most``: the bytes that all answers together may take."""
        self.most = most
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        # how many entries hold a buffer or answer, and its bytes
        self._held: dict[int, tuple[int, int]] = {}
        self._nbytes = 0
        self._owners: dict[ref[Register], _Owner] = {}
        self._turns: dict[Key, Future[Any]] = {}
        self._gone: deque[ref[Register]] = deque()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """The bytes of all answers that are kept, as they are estimated; what several share counts once."""
        return self._nbytes

    def answer(
        self, register: Register, function: Hashable, arguments: Hashable, make: Callable[[], Answer]
    ) -> Answer:
        """Return what ``function`` has answered of a register and ``arguments``, else what ``make`` returns.

        What alone takes more than all answers may is returned, and not kept. Where ``make`` fails, one of those who
        wait tries again: a run also fails because its own visitor has left. ``make`` may ask for other answers, but
        for none that waits for this one.
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
            found = make()
            self._keep_answer(register, key, found)
        except BaseException:
            self._end_turn(key)
            turn.cancel()
            raise
        self._end_turn(key)
        turn.set_result(found)
        return found

    def _end_turn(self, key: Key) -> None:
        with self._lock:
            del self._turns[key]

    def _keep_answer(self, register: Register, key: Key, found: object) -> None:
        owner = self._owners.get(key[0])
        own = owner.own if owner else frozenset(measure_memory(register))
        sizes = measure_memory(found, register)
        sizes = {what: nbytes for what, nbytes in sizes.items() if what not in own}
        # arguments may be long, and no other entry has this very key
        sizes[id(key)] = ENTRY_BYTES + sum(measure_memory(key[2]).values())
        with self._lock:
            self._forget_gone_registers()
            if sum(sizes.values()) <= self.most:
                self._add_entry(register, key, _Entry(found, sizes), own)
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

        Garbage is collected at any moment, also within this thread while it holds the lock: then they are forgotten
        with the next answer that is computed.
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


def cached_per_register(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Answer a question that was asked before from the store.

    The first argument of ``ask`` is a register; the others are hashable and given by position. What it returns is
    shared by all who ask: a table or value that nobody writes to, and that does not refer to the register.
    """
    # who leaves an argument out asks the same as who names what it then is
    defaults = tuple(one.default for one in signature(ask).parameters.values())[1:]
    compute = cast("Callable[..., Answer]", ask)

    @wraps(ask)
    def answer_from_store(register: Register, *more: Hashable) -> Answer:
        arguments = more + defaults[len(more) :]
        return STORE.answer(register, ask, arguments, lambda: compute(register, *more))

    return cast("Callable[Asked, Answer]", answer_from_store)
