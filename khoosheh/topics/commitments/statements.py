"""The statements that are commitments."""

from collections.abc import Mapping

import narwhals as nw

from khoosheh import queries
from khoosheh.register import Register, cached_per_register
from khoosheh.topics.request import Row


@cached_per_register
def index_commitment_statements(register: Register) -> Mapping[str, Row]:
    """Return all commitments by the ids of their statements."""
    promised = ~nw.col("due_state").is_null() | ~nw.col("deadline_high_day").is_null()
    statements = queries.select_province_statements(register).filter(promised)
    return {row["statement_id"]: row for row in statements.iter_rows(named=True)}
