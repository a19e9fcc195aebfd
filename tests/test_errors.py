"""Errors: a code for programs, and words in both languages, in English where nobody says for whom."""

import pickle
import re
from pathlib import Path

import pytest

from khoosheh.calendar import DateError
from khoosheh.cli.measure import UnknownWordError
from khoosheh.engines import EngineError
from khoosheh.errors import KhooshehError
from khoosheh.exports import ExportError
from khoosheh.limits import SettingError
from khoosheh.money import AmountError
from khoosheh.persian import NumberError
from khoosheh.publishing import PublishError
from khoosheh.register import Fault, PackageError
from khoosheh.spreadsheets import UnreadableError
from khoosheh.ui.serving.upload_body import STATUSES, BodyRefusedError

PLACE = {"path": "/srv/store", "note": "EACCES", "version": "0012"}
# an error of each class and code, and what its words name in either language
ERRORS = [
    (AmountError("no_number", "ده ریال"), ["ده ریال"]),
    (AmountError("no_currency", "5 cows"), ["5 cows"]),
    (AmountError("unknown_words", "2 to 3 hemat"), ["2 to 3 hemat"]),
    *((BodyRefusedError(code), []) for code in STATUSES),
    (DateError("empty", ""), []),
    (DateError("not_a_date", "x"), []),
    (DateError("year_out_of_range", "99", year=99, first=1206, last=1498), []),
    (DateError("month_out_of_range", "1403-13", month=13), []),
    (DateError("day_out_of_range", "1403-07-31", day=31, month=7, year=1403, last_day=30), []),
    (DateError("not_a_leap_year", "1402-12-30", year=1402, last_day=29), []),
    (DateError("unknown_month_name", "1 Foo 1403", name="Foo"), []),
    (EngineError("unknown", "hadoop"), ["hadoop"]),
    (EngineError("missing", "pyspark"), ["pyspark"]),
    (EngineError("failed", "IO Error: gone"), ["IO Error: gone"]),
    (ExportError("changed", path="register"), ["register"]),
    (ExportError("nothing"), []),
    (ExportError("nothing_to_show"), []),
    (ExportError("parquet"), []),
    (ExportError("too_long", sheet="places", rows=2_000_000, most=1_048_575), ["places"]),
    (NumberError("empty", ""), []),
    (NumberError("not_a_number", float("nan")), ["nan"]),
    (PackageError([Fault("missing_file", "b.csv"), Fault("missing_file", "a.csv")]), []),
    (PublishError("busy"), []),
    (PublishError("damaged", version="0012"), []),
    (PublishError("failed", **PLACE), ["/srv/store", "EACCES"]),
    (PublishError("full", **PLACE), ["/srv/store", "EACCES"]),
    (PublishError("moved", expected="0011", version="0012"), []),
    (PublishError("no_store", path=Path("/srv/store")), ["/srv/store"]),
    (PublishError("not_a_store", path="/srv/store"), ["/srv/store"]),
    (PublishError("not_allowed", **PLACE), ["/srv/store", "EACCES"]),
    (PublishError("same", version="0012"), []),
    (PublishError("store_in_package", path="/srv/store"), ["/srv/store"]),
    (PublishError("unknown_version", value="x", known=["0001", "0002"]), ["x"]),
    (PublishError("unsigned"), []),
    (SettingError("not_whole", "many", name="KHOOSHEH_ROWS", least=1, most=9), ["many", "KHOOSHEH_ROWS"]),
    (UnknownWordError("date", "x", reason=DateError("empty", "")), ["--as-of x"]),
    (UnknownWordError("form", "chain"), ["chain"]),
    (UnknownWordError("unknown", "x", name="chain", allowed=["copper", "steel"]), ["x", "chain", "copper", "steel"]),
    (UnreadableError("empty_file"), []),
    (UnreadableError("encoding"), []),
    (UnreadableError("intake_bad_entry", entry="../x"), ["../x"]),
    (UnreadableError("intake_damaged"), []),
    (UnreadableError("intake_declares"), []),
    (UnreadableError("intake_encrypted"), []),
    (UnreadableError("intake_expands", most=256), []),
    (UnreadableError("intake_failed"), []),
    (UnreadableError("intake_many_cells", sheet="s", cell="ZZ9", most=3_000_000, columns=1000), ["ZZ9"]),
    (UnreadableError("intake_many_parts", most=2000), []),
    (UnreadableError("intake_many_sheets", most=200), []),
    (UnreadableError("intake_no_cells"), []),
    (UnreadableError("intake_no_package"), []),
    (UnreadableError("intake_not_text"), []),
    (UnreadableError("intake_too_large", size="51", most="50"), ["51", "50"]),
    (UnreadableError("intake_too_long"), []),
    (UnreadableError("intake_wrong_type", ending=".xlsx", found="PDF"), [".xlsx", "PDF"]),
    (UnreadableError("missing_file"), []),
    (UnreadableError("unreadable", note="OSError"), ["OSError"]),
]  # fmt: skip
CODE = "\n".join(file.read_text(encoding="utf-8") for file in Path("khoosheh").resolve().rglob("*.py"))


def list_classes(above: type = KhooshehError) -> list[type]:
    return [one for below in above.__subclasses__() for one in (below, *list_classes(below))]


@pytest.mark.parametrize(("error", "named"), ERRORS, ids=lambda one: getattr(one, "code", None))
def test_an_error_has_words_in_both_languages_and_is_told_in_english(error, named):
    said = {lang: error.words(lang) for lang in ("fa", "en")}
    assert str(error) == said["en"]
    assert re.search("[a-z]{2}", said["en"]) and re.search("[\u0600-\u06ff]{2}", said["fa"])
    for words in said.values():
        assert all(one in words for one in named) and not re.search(r"[{}]", words)
    assert not re.search("[\u0600-\u06ff]", said["en"].replace(str(error.value), ""))


def test_every_class_and_code_has_words_that_are_tried_here():
    assert {type(error) for error, _ in ERRORS} == set(list_classes())
    tried = {(type(error).__name__, error.code) for error, _ in ERRORS}
    raised = set(re.findall(r'\b(\w+Error)\(\s*"(\w+)"', CODE)) | {("PackageError", "faulty")}
    names = {one.__name__ for one in list_classes()}
    assert {one for one in raised if one[0] in names} <= tried
    assert len(raised) > 30


def test_all_errors_of_the_package_are_of_the_one_kind():
    """Signals between functions, which are never shown: somebody left or has to wait, a child process ended early."""
    plain = set(re.findall(r"class (\w+Error)\((?!KhooshehError)", CODE))
    assert plain == {"KhooshehError", "SenderLeftError", "BusyError", "FailedError", "StoppedError"}


@pytest.mark.parametrize("kind", [NumberError, AmountError, DateError, SettingError, UnknownWordError])
def test_errors_of_values_are_value_errors(kind):
    assert issubclass(kind, ValueError)


def test_numbers_and_lists_are_written_as_the_language_writes_them():
    error = ExportError("too_long", sheet="s", rows=2_000_000, most=9)
    assert "2,000,000" in error.words("en") and "۲٬۰۰۰٬۰۰۰" in error.words("fa")
    known = PublishError("unknown_version", value="0009", known=["0001", "0002"])
    assert "0001, 0002" in known.words("en") and "۰۰۰۱، ۰۰۰۲" in known.words("fa")
    assert "0009" in known.words("fa"), "what somebody typed stays as it is"


def test_a_reason_within_a_reason_is_told_in_the_same_language():
    error = UnknownWordError("date", "1403-13", reason=DateError("month_out_of_range", "1403-13", month=13))
    assert str(error) == "--as-of 1403-13: The month must be from 1 to 12."
    assert "ماه باید" in error.words("fa")


def test_what_hides_text_is_written_out():
    for error in (EngineError("unknown", "a\u202eb"), UnreadableError("intake_bad_entry", entry="a\u202eb")):
        assert "a\\u202eb" in error.words("fa") and "\u202e" not in str(error)


def test_a_package_tells_how_many_faults_it_has_and_keeps_them_in_order():
    error = PackageError([Fault("missing_file", "b.csv"), Fault("missing_file", "a.csv")])
    assert [one.file for one in error.faults] == ["a.csv", "b.csv"]
    assert "2 faults" in str(error) and "1 fault." in str(PackageError([Fault("missing_file", "a.csv")]))


def test_an_error_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(DateError("month_out_of_range", "1403-13", month=13)))
    assert (error.code, error.value, error.params) == ("month_out_of_range", "1403-13", {"month": 13})


def test_the_status_of_a_refused_request():
    assert BodyRefusedError("too_large").status == 413
