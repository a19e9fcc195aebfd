"""Faults: how they read, in what order they come, and which of several at one cell are told."""

import pytest

from khoosheh.register.faults import Fault, PackageError, select_sharpest_faults

LABELS = {"1": {"fa": "یکی", "en": "one"}, "2": {"fa": "دوتا", "en": "two"}}
CODES = Fault("constraint_enum", "a.csv", 3, "kind", "x\u202e", {"rule": LABELS})


def test_a_fault_reads_as_place_value_reason_and_remedy():
    assert CODES.line("en") == (
        "a.csv:3:kind “x\\u202e”: “x\\u202e” is not among the codes. Write one of: 1 (one), 2 (two)"
    )
    assert Fault("missing_file", "a.csv").line("en") == (
        "a.csv: The file was not found. Put the file into the package's folder, or mend the path."
    )
    assert CODES.mend("fa").endswith("1 (یکی)، 2 (دوتا)")
    assert CODES.as_dict("en") == {
        "file": "a.csv", "row": 3, "field": "kind", "value": "x\\u202e", "code": "constraint_enum",
        "why": "“x\\u202e” is not among the codes.", "mend": "Write one of: 1 (one), 2 (two)",
    }  # fmt: skip


def test_texts_name_the_field():
    assert Fault("descriptor_lacks", "a.csv", field="chains.seq").why("en") == "The descriptor lacks “chains.seq”."


def test_a_fault_without_texts_of_its_own_has_the_general_ones():
    assert Fault("unheard_of", "a.csv").why("en") == (
        "This does not agree with the package's definition. (unheard_of)"
    )
    named = Fault("unheard_of", "a.csv", params={"note": "type-error\u202e"})
    assert named.why("en") == "This does not agree with the package's definition. (type-error\\u202e)"


@pytest.mark.parametrize(
    ("value", "fa", "en"),
    [(-1402, "-۱۴۰۲", "-1402"), ("0.5", "۰٫۵", "0.5"), ("1402-05", "1402-05", "1402-05"), (None, "None", "None")],
)
def test_numbers_of_texts_are_in_the_digits_of_the_language(value, fa, en):
    fault = Fault("value_below_least", "a.csv", value="x", params={"least": value})
    assert fa in fault.why("fa") and en in fault.why("en")


def test_texts_of_a_file_are_cut_short_and_escaped():
    fault = Fault("type", "\x00" + "a" * 300, 2, "b\n" + "c" * 300, "d" * 300)
    assert (fault.file, fault.field) == ("\\u0000" + "a" * 199, "b\\u000a" + "c" * 198)
    assert fault.value == "d" * 200


def test_faults_of_a_package_come_by_file_row_field_and_code():
    ordered = [
        Fault("z", "a.csv", None, "z"), Fault("a", "a.csv", 1, "a"), Fault("z", "a.csv", 2, "a"), Fault("a", "a.csv", 2, "b"),
        Fault("b", "a.csv", 2, "b"), Fault("a", "b.csv", None),
    ]  # fmt: skip
    error = PackageError(ordered[::-1])
    assert list(error.faults) == ordered
    assert (error.code, error.params) == ("faulty", {"count": 6})
    assert Fault("a", "a.csv").order == ("a.csv", 0, "", "a")


def place(code: str, row: int = 2, field: str = "a", value: str = "") -> Fault:
    return Fault(code, "a.csv", row, field, value)


@pytest.mark.parametrize(
    ("faults", "kept"),
    [
        ([place("constraint_pattern"), place("date_not_a_date")], [1]),
        ([place("constraint_pattern"), place("date_not_a_date", row=3), place("date_not_a_date", field="b")], [0, 1, 2]),
        ([place("missing_cell"), place("constraint_required")], [0]),
        ([place("type"), place("absurd_number")], [0]),
        ([place("type"), place("type"), place("type", value="x")], [0, 2]),
        ([place("constraint_pattern"), place("type")], [0, 1]),
        ([place("blank_row", field=""), place("missing_cell"), place("missing_cell", row=3)], [0, 2]),
        ([place("missing_cell"), Fault("blank_row", "b.csv", 2), place("blank_row", row=4)], [0, 1, 2]),
    ],
)  # fmt: skip
def test_of_several_faults_at_a_cell_the_sharpest_is_told_once(faults, kept):
    assert select_sharpest_faults(faults) == [faults[at] for at in kept]
