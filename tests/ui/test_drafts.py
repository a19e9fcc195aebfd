"""Drafts are their owner's alone, few, and held for a while."""

from khoosheh.ui.drafts import MOST, SECONDS, Draft, Drafts


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_draft_is_found_by_its_owner_with_its_token_only(shipped):
    drafts = Drafts()
    draft = Draft("یک.xlsx", shipped)
    token = drafts.keep("one", draft)
    assert drafts.find("one", token) is draft
    assert drafts.find("two", token) is None
    assert drafts.find("", token) is None
    assert drafts.find("one", "") is None
    assert drafts.find("one", token[:-1]) is None


def test_no_two_drafts_share_a_token(shipped):
    drafts = Drafts()
    tokens = {drafts.keep("one", Draft(str(at), shipped)) for at in range(MOST)}
    assert len(tokens) == MOST
    assert {drafts.find("one", token).name for token in tokens} == {str(at) for at in range(MOST)}


def test_the_oldest_goes_first(shipped):
    drafts = Drafts()
    tokens = [drafts.keep(f"owner {at}", Draft(str(at), shipped)) for at in range(MOST + 2)]
    held = [drafts.find(f"owner {at}", token) for at, token in enumerate(tokens)]
    assert held[:2] == [None, None]
    assert [one.name for one in held[2:]] == [str(at) for at in range(2, MOST + 2)]


def test_a_draft_is_forgotten_after_its_time(shipped):
    clock = Clock()
    drafts = Drafts(clock)
    token = drafts.keep("one", Draft("یک.xlsx", shipped))
    clock.now = SECONDS
    assert drafts.find("one", token)
    clock.now = SECONDS + 1
    assert drafts.find("one", token) is None
