"""Rules that tell how a statement bears on a commitment: it reaches it, says 'not yet', or moves its deadline."""

from collections.abc import Mapping

from khoosheh.measures.commitment_statements import StatementRecord
from khoosheh.measures.intervals import Interval
from khoosheh.money import UNITS


def reaches_commitment(
    statement: StatementRecord, commitment: StatementRecord, reached_by: Mapping[str, str]
) -> bool:
    """Tell whether a statement says at least what was promised.

    ``reached_by``: for the code of a planned measure, the code of the measure that states its execution.
    """
    if commitment.target is not None:
        is_reached = statement.rungs is not None and statement.rungs[0] >= commitment.target
        return is_reached and _covers_commitment(statement, commitment)
    values = _find_comparable_values(statement, commitment, reached_by)
    if values is None or statement.is_part:
        return False
    stated, promised = values
    return stated[0] >= promised[0]


def says_not_yet(statement: StatementRecord, commitment: StatementRecord, reached_by: Mapping[str, str]) -> bool:
    """Tell whether a statement certainly says less than what was promised; ``reached_by`` as above."""
    if commitment.target is not None:
        is_below = statement.rungs is not None and statement.rungs[1] < commitment.target
        return is_below and _is_same_part(statement, commitment)
    values = _find_comparable_values(statement, commitment, reached_by)
    if values is None or statement.is_part:
        return False
    stated, promised = values
    return stated[1] is not None and stated[1] < promised[0]


def moves_deadline(statement: StatementRecord, commitment: StatementRecord) -> bool:
    """Tell whether a statement certainly made later promises the same thing for certainly another day."""
    if statement.deadline is None or commitment.deadline is None or statement.target != commitment.target:
        return False
    is_later = statement.said_first_day > commitment.said_last_day
    is_other_day = statement.deadline[0] > commitment.deadline[1] or statement.deadline[1] < commitment.deadline[0]
    return is_later and is_other_day and _is_same_promise(statement, commitment)


def _is_same_promise(statement: StatementRecord, commitment: StatementRecord) -> bool:
    has_same_measure = (statement.measure, statement.unit) == (commitment.measure, commitment.unit)
    return (commitment.target is not None or has_same_measure) and _is_same_part(statement, commitment)


def _covers_commitment(statement: StatementRecord, commitment: StatementRecord) -> bool:
    """Tell whether the subject of a statement includes that of a commitment: the whole includes each part."""
    return not statement.is_part or _is_same_part(statement, commitment)


def _is_same_part(statement: StatementRecord, commitment: StatementRecord) -> bool:
    """Tell whether both are about the whole, or about parts with the same measure, unit and value."""
    if not statement.is_part and not commitment.is_part:
        return True
    is_same_value = (statement.measure, statement.unit, statement.value) == (
        commitment.measure, commitment.unit, commitment.value,
    )  # fmt: skip
    return statement.is_part and commitment.is_part and is_same_value and statement.value is not None


def _find_comparable_values(
    statement: StatementRecord, commitment: StatementRecord, reached_by: Mapping[str, str]
) -> tuple[Interval, Interval] | None:
    """Return the stated and the promised value in one unit; ``None`` where they cannot be compared."""
    measure = reached_by.get(commitment.measure, commitment.measure)
    if statement.value is None or commitment.value is None:
        return None
    if statement.measure != measure or statement.is_commitment:
        return None
    if statement.unit == commitment.unit:
        return statement.value, commitment.value
    # both units of money: their currency, and their size in it
    stated_unit, promised_unit = UNITS.get(statement.unit), UNITS.get(commitment.unit)
    if stated_unit is None or promised_unit is None or stated_unit[0] != promised_unit[0]:
        return None
    return _scale_value(statement.value, stated_unit[1]), _scale_value(commitment.value, promised_unit[1])


def _scale_value(value: Interval, factor: int) -> Interval:
    return value[0] * factor, None if value[1] is None else value[1] * factor
