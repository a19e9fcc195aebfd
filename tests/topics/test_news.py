"""What became known between two days: nothing is left out, and nothing is told twice."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from khoosheh import calendar, queries
from khoosheh.measures.scope import Selection
from khoosheh.topics import news
from khoosheh.topics.request import FindingRequest, Question


def changes(months: list[news.MonthOfNews]) -> list[tuple]:
    return [(month.month, each) for month in months for group in month.changes.values() for each in group]


@pytest.mark.parametrize("since", [date(2014, 1, 1), date(2024, 3, 19), date(2025, 11, 21), date(2026, 11, 21)])
def test_each_new_statement_is_told_and_those_that_move_no_figure_once(shipped, since):
    told = changes(news.list_news(FindingRequest(shipped, Question(), "en"), since))
    new = set(queries.select_newly_known_statements(shipped, Selection(), since)["statement_id"].to_list())
    alone = Counter(change.statement_ids for _, change in told if not change.figure)
    assert set(alone.values()) <= {1} and set(alone) <= new
    moving = {key for _, change in told if change.figure for key in change.statement_ids.split()}
    assert new == (moving & new) | set(alone) and not moving & set(alone)


def test_a_change_stands_in_the_month_of_its_last_statement(shipped):
    request = FindingRequest(shipped, Question(), "en")
    statements = {
        row["statement_id"]: row for row in queries.select_statements(shipped, Selection()).iter_rows(named=True)
    }
    since = date(2025, 3, 20)
    for month, change in changes(news.list_news(request, since)):
        behind = [statements[key] for key in change.statement_ids.split()]
        new = [row for row in behind if row["said_last_day"].date() > since]
        if new and change.figure not in ("Promise",):
            latest = max(row["said_last_day"] for row in new)
            spans = {
                tuple(calendar.to_jalali(row[name].date()) for name in ("said_first_day", "said_last_day"))
                for row in new
                if row["said_last_day"] == latest
            }
            certain = {(last.year, last.month) for first, last in spans if str(first)[:7] == str(last)[:7]}
            assert ((month.year, month.month) in certain) if month else len(certain) < len(spans), change


def test_statements_without_an_exact_month_stand_under_none(shipped):
    months = news.list_news(FindingRequest(shipped, Question(), "en"), date(2025, 11, 21))
    assert [str(month.month) for month in months] == ["1405-01", "1404-10", "1404-09", "None"]
    undated = {key for change in changes(months[-1:]) for key in change[1].statement_ids.split()}
    # 'the deposit holds 70 million tonnes', said between 1393 and the day of compilation
    assert "C07" in undated


def test_the_dimension_of_another_page_groups_nothing(shipped):
    plain = FindingRequest(shipped, Question(), "en")
    other = replace(plain, question=Question(Selection(by="chain_id")))
    assert news.list_news(plain, date(2025, 3, 20)) == news.list_news(other, date(2025, 3, 20))


def test_the_latest_month_with_news_by_hand(shipped):
    # the last months in which a statement was certainly made: 7 Dey 1404, 19 Azar 1404
    assert str(calendar.to_jalali(queries.find_day_before_news(shipped, Selection()))) == "1404-09-30"
    earlier = Selection(as_of=calendar.parse_jalali_date("1404-09").last_day)
    assert str(calendar.to_jalali(queries.find_day_before_news(shipped, earlier))) == "1404-08-30"
    before_all = Selection(as_of=calendar.parse_jalali_date("1390-01").last_day)
    assert str(calendar.to_jalali(queries.find_day_before_news(shipped, before_all))) == "1389-12-29"
