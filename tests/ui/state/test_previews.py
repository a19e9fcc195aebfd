"""Drafts are their owner's alone, bounded by their bytes, and held for a while."""

from dataclasses import dataclass

from khoosheh.ui.state.previews import IDLE_SECONDS, SECONDS, Draft, Drafts


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Sized:
    """Stands for a draft of a certain size."""

    nbytes: int


def found(drafts, tokens):
    return {name for name, token in tokens.items() if drafts.find(name[0], token)}


def test_a_draft_is_found_by_its_owner_with_its_token_only(shipped):
    drafts = Drafts()
    draft = Draft("یک.xlsx", shipped)
    token = drafts.keep("one", draft)
    assert drafts.find("one", token) is draft
    assert drafts.find("two", token) is None
    assert drafts.find("", token) is None
    assert drafts.find("one", "") is None
    assert drafts.find("one", token[:-1]) is None


def test_a_draft_counts_what_its_tables_take(shipped):
    assert Draft("یک.xlsx", shipped).nbytes > sum(
        shipped.table(name).memory_usage(deep=True).sum() for name in ("statements", "observations")
    )


def test_no_two_drafts_share_a_token(shipped):
    drafts = Drafts()
    tokens = {drafts.keep("one", Draft(str(at), shipped)) for at in range(5)}
    assert len(tokens) == 5
    assert {drafts.find("one", token).name for token in tokens} == {str(at) for at in range(5)}


def test_a_visitors_own_oldest_draft_makes_room():
    drafts = Drafts(most=100, most_of_owner=30, clock=Clock())
    tokens = {("a", at): drafts.keep("a", Sized(10)) for at in range(5)}
    assert found(drafts, tokens) == {("a", 2), ("a", 3), ("a", 4)}
    assert drafts.nbytes == 30


def test_a_visitor_never_pushes_out_what_another_looks_at():
    drafts = Drafts(most=100, most_of_owner=60, clock=Clock())
    tokens = {("a", 1): drafts.keep("a", Sized(60)), ("b", 1): drafts.keep("b", Sized(40))}
    # five visitors with a draft each find no room, and what is held stays
    tokens |= {(name, 1): drafts.keep(name, Sized(10)) for name in "cdefg"}
    assert found(drafts, tokens) == {("a", 1), ("b", 1)}
    # a new one of 'b' takes the place of its own
    tokens["b", 2] = drafts.keep("b", Sized(30))
    assert found(drafts, tokens) == {("a", 1), ("b", 2)}


def test_a_draft_that_nobody_looks_at_makes_room_for_others():
    clock = Clock()
    drafts = Drafts(most=100, most_of_owner=60, clock=clock)
    tokens = {("a", 1): drafts.keep("a", Sized(50)), ("b", 1): drafts.keep("b", Sized(50))}
    clock.now = IDLE_SECONDS
    assert drafts.find("a", tokens["a", 1])
    clock.now += 1
    tokens["c", 1] = drafts.keep("c", Sized(50))
    assert found(drafts, tokens) == {("a", 1), ("c", 1)}


def test_a_draft_larger_than_the_bound_is_not_held_and_pushes_nothing_of_others_out():
    clock = Clock()
    drafts = Drafts(most=100, most_of_owner=60, clock=clock)
    token = drafts.keep("a", Sized(50))
    clock.now = IDLE_SECONDS + 1
    assert drafts.keep("b", Sized(61)) == ""
    assert drafts.find("a", token)


def test_a_dropped_draft_is_gone_and_only_its_owner_drops_it():
    drafts = Drafts()
    token = drafts.keep("a", Sized(1))
    drafts.drop("b", token)
    assert drafts.find("a", token)
    drafts.drop("a", token)
    assert drafts.find("a", token) is None
    assert drafts.nbytes == 0


def test_a_draft_is_forgotten_after_its_time(shipped):
    clock = Clock()
    drafts = Drafts(clock=clock)
    token = drafts.keep("one", Draft("یک.xlsx", shipped))
    clock.now = SECONDS
    assert drafts.find("one", token)
    clock.now = SECONDS + 1
    assert drafts.find("one", token) is None
