"""A line of the briefing on the overview: what a topic has to say first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from khoosheh.topics.request import FindingRequest


@dataclass(frozen=True)
class BriefingLine:
    """A sentence and where it leads.

    ``page``: the page that proves it, 'evidence' for the statements themselves; ``fields``: fields of its address
    beside the filters of the reader. ``statement_ids``: the statements that the sentence rests on; empty where it
    rests on a table.
    """

    text: str
    page: str
    statement_ids: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


# a topic has none where nothing was stated
MakeBriefingLine: TypeAlias = Callable[[FindingRequest], BriefingLine | None]
