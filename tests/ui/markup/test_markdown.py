"""Words of data and of addresses where Streamlit reads Markdown."""

import ast
import re
from pathlib import Path

import pytest

from khoosheh.ui.markup import markdown

UI = Path(markdown.__file__).parents[1]
# whose words are read as Markdown, by the place and the name of the argument that holds them
CALLS = {
    "title", "header", "subheader", "caption", "markdown", "info", "warning", "error", "success", "button", "checkbox",
    "metric", "expander", "dialog", "number_input", "text_input", "text_area", "selectbox", "multiselect", "radio",
    "slider", "toggle", "date_input", "file_uploader", "form_submit_button", "download_button", "link_button",
    "page_link", "progress", "toast", "spinner", "status", "write", "popover", "pills", "segmented_control",
    "select_slider", "badge", "menu_button",
}  # fmt: skip
WORDED = {"help", "label", "body", "text"}
# calls of which the first argument is no words
NO_WORDS_FIRST = {"page_link": 1, "progress": 1}
# builds Markdown of its own, each part of it plain
BUILDERS = {("present.py", "_format_small_print")}


def is_safe(file: str, word: ast.expr) -> bool:
    """Tell whether an argument is plain, or a text of the catalogue into which nothing is put."""
    if isinstance(word, ast.Constant):
        return True
    if isinstance(word, ast.IfExp):
        return is_safe(file, word.body) and is_safe(file, word.orelse)
    if not isinstance(word, ast.Call):
        return False
    name = word.func.id if isinstance(word.func, ast.Name) else getattr(word.func, "attr", "")
    if name == "escape_markdown" or (file, name) in BUILDERS:
        return True
    return name in ("t", "format_message") and not word.keywords


def unsafe(file: str, code: str) -> list[int]:
    """Return the lines on which words go to Streamlit that may hold marks."""
    found = []
    for call in (one for one in ast.walk(ast.parse(code)) if isinstance(one, ast.Call)):
        name = getattr(call.func, "attr", "")
        streamlit = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in (
            "st",
            "bar",
            "cells",
        )
        if isinstance(call.func, ast.Subscript):
            # {1: st.title, 2: st.header}[level](...)
            name, streamlit = "title", True
        if not streamlit or name not in CALLS:
            continue
        at = NO_WORDS_FIRST.get(name, 0)
        words = [
            *call.args[at : at + (2 if name == "metric" else 1)],
            *(one.value for one in call.keywords if one.arg in WORDED),
        ]
        found += [call.lineno for word in words if not is_safe(file, word)]
    return found


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: file.name)
def test_no_page_gives_streamlit_words_that_are_not_plain(file):
    assert unsafe(file.name, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("st.caption(page.t('a'))", []), ("st.caption(page.t('a', name=x))", [1]), ("st.caption(name)", [1]),
        ("st.caption(f'{name}')", [1]), ("st.caption(escape_markdown(name))", []), ("st.metric(escape_markdown(a), b)", [1]),
        ("st.page_link(target, label=name)", [1]), ("st.page_link(target)", []), ("st.dialog(escape_markdown(a))(f)(b)", []),
        ("{1: st.title}[level](name)", [1]), ("st.button('a', help=name)", [1]),
    ],
)  # fmt: skip
def test_the_check_sees_what_is_not_plain(code, lines):
    assert unsafe("x.py", code) == lines


@pytest.mark.parametrize(
    "words",
    [
        ":material/home:", ":red[x]", "http://a.b", "HTTPS://a.b", "www.a.b", "a@b.c", "[x](javascript:y)", "$x$", ":smile:", "<b>",
        "&lt;", "a -- b", "a -> b", "a <-> b", "a >= b", "# a", "1. a", "- a", "+ a", "a | b", "`x`", "**a**", "~~a~~", ":+1:",
    ],
)  # fmt: skip
def test_nothing_is_added_but_signs_that_are_not_seen(words):
    made = markdown.escape_markdown(words)
    assert re.sub(r"\\(.)", r"\1", made).replace(markdown.JOINER, "") == words.strip()
    assert made != words


def test_ordinary_words_stay_as_they_are():
    for words in (
        "۱۲ از ۲۰ طرح، گفته‌شده در ۱۴۰۳",
        "12.5 of 20 (60 %)",
        "“Emerging”",
        "a-b",
        "1403/04/05",
        "-5",
        "= a",
    ):
        assert markdown.escape_markdown(words) == words
    assert markdown.escape_markdown(" one\n\n    two\t") == "one two"
