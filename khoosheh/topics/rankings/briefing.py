"""What the topic of rankings says first: the largest move of the province in a table of ranks."""

from collections import defaultdict

from khoosheh import queries
from khoosheh.measures.computed_rankings import ComputedRankingRow, select_province_rankings
from khoosheh.measures.rows import read_rows
from khoosheh.topics.briefing_line import BriefingLine
from khoosheh.topics.rankings.computed_sentences import format_ranking_change
from khoosheh.topics.rankings.findings import TOPIC
from khoosheh.topics.request import FindingRequest


def build_move_line(request: FindingRequest) -> BriefingLine | None:
    """Return the indicator of which the place changed most between its first and last year."""
    rankings = queries.query_computed_rankings(request.register, request.selection)
    own = select_province_rankings(rankings, request.register.province)
    by_indicator: dict[str, list[ComputedRankingRow]] = defaultdict(list)
    for row in sorted(read_rows(own, ComputedRankingRow), key=lambda row: row["year"]):
        by_indicator[row["indicator_id"]].append(row)
    moves = [(rows[0], rows[-1]) for rows in by_indicator.values() if rows[0]["place"] != rows[-1]["place"]]
    if not moves:
        return None
    first, last = max(moves, key=lambda move: abs(move[0]["place"] - move[1]["place"]))
    fields = {"indicator": last["indicator_id"], "first": str(first["year"]), "last": str(last["year"])}
    return BriefingLine(format_ranking_change(request.register, (first, last), request.lang), TOPIC, fields=fields)
