"""Marks and directives in names, claims and addresses: seen as they were written, and nothing else."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from khoosheh import register
from khoosheh.locale import LANGUAGES
from khoosheh.ui.markup.markdown import JOINER
from khoosheh.ui.markup.page_list import PAGES
from testing import made_up
from testing.browser import STILL, ready, serve, visit

# the last part is only there where all before it is
LAST = ":smile:"
WORDS = (
    ":material/home: :red[w] :x[y] http://evil.example/x www.evil.example a@evil.example [x](javascript:alert) $x^2$ "
    f"<b>b</b> <img src=x> &lt; **c** ~~d~~ `e` a -> b -- c >= d # | {LAST}"
)
TEXTS = """() => {
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (all.nextNode()) {
    const holder = all.currentNode.parentElement;
    if (!holder.closest('svg, style, script, noscript')) found.push(all.currentNode.textContent);
  }
  return [...found, ...[...document.querySelectorAll('input')].map(one => one.value)].join('');
}"""
# what Streamlit or Plotly would have made of the words
MADE = """() => [...document.querySelectorAll(`a[href^="http://evil"], a[href^="//evil"], a[href^="javascript"], a[href^="mailto"], area, .katex,
    .stMarkdownColoredText, [data-testid=stMain] code, [data-testid=stMain] del, [data-testid=stMain] img,
    [data-testid=stMarkdownContainer] strong, [data-testid=stMarkdownContainer] b, svg a, svg [style*="bold"]`)]
  // figures write the province's own name in bold
  .filter(one => !one.closest('svg') || ['b', 'c'].includes(one.textContent) || one.tagName === 'a')
  .filter(one => !one.closest('[data-testid=stFileUploader]'))
  .map(one => one.outerHTML.slice(0, 200))"""
ICONS = "() => [...document.querySelectorAll('[data-testid=stIconMaterial], [role=img]')].map(one => one.textContent)"


def free(field: dict) -> bool:
    """Tell whether a field takes any words."""
    return (
        field["type"] == "string"
        and not {"enum", "pattern"} & set(field.get("constraints", {}))
        and "values" not in field
    )


def keys(schema: dict) -> set[str]:
    """Return the fields by which rows are found."""
    links = [one["fields"] for one in schema.get("foreignKeys", [])]
    named = [schema.get("primaryKey", []), *links]
    return {name for one in named for name in ([one] if isinstance(one, str) else one)}


def labelled(part: object) -> object:
    """Return a part of a descriptor in which every label ends in the words."""
    if isinstance(part, list):
        return [labelled(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {lang: f"{words} {WORDS}" for lang, words in one.items()} if name == "labels" else labelled(one)
        for name, one in part.items()
    }


def spoilt(folder: Path) -> Path:
    """Write the invented province with the words in every field of every table that takes them."""
    rows, described = made_up.tables(), made_up.descriptor()
    for resource in (one for one in described["resources"] if "schema" in one):
        schema = resource["schema"]
        for field in (one for one in schema["fields"] if free(one) and one["name"] not in keys(schema)):
            for row in rows[resource["name"]]:
                if row.get(field["name"]) and field["name"] not in ("address", "isic4"):
                    row[field["name"]] = f"{row[field['name']]} {WORDS}"
    made_up.write(folder, rows)
    (folder / "datapackage.json").write_text(json.dumps(labelled(described), ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = spoilt(tmp_path_factory.mktemp("hostile"))
    assert [one.line("en") for one in register.check_package(folder)] == []
    yield from serve(folder, tmp_path_factory.mktemp("log") / "hostile.log")


def seen(tab) -> int:
    """Return how often the words are seen whole; never otherwise."""
    parts = tab.evaluate(TEXTS).replace(JOINER, "").split(LAST)
    start = WORDS.removesuffix(LAST)
    assert [one[-200:] for one in parts[:-1] if not one.endswith(start)] == []
    assert tab.evaluate(MADE) == []
    assert not {"home", "house"} & set(tab.evaluate(ICONS))
    assert "😄" not in "".join(parts)
    return len(parts) - 1


def open_all(tab) -> None:
    for fold in tab.locator("details").all():
        fold.locator("summary").click()
        tab.wait_for_function(STILL, arg=fold.element_handle())
    ready(tab)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_words_of_the_register_are_seen_as_written(hostile, visitor, page, lang):
    more = {"value_chains": {"trial": "tea", "scenario": "tea-1:5"}}.get(page, {})
    tab = visit(visitor(), f"{hostile}/{'' if page == PAGES[0] else page}?{urlencode({'lang': lang, **more})}")
    open_all(tab)
    # the first slide has them in its figure only
    assert seen(tab) > 0 or page == "present"


def test_words_in_choices_and_dialogs_are_seen_as_written(hostile, visitor):
    tab = visit(visitor(locale="en-US"), f"{hostile}/investment?lang=en&chain=tea")
    for label in ("Value chain", "Unit"):
        tab.get_by_label(label, exact=True).click()
        tab.get_by_role("option").first.wait_for()
        assert seen(tab) > 0
        tab.keyboard.press("Escape")
    ready(tab)
    # figures take clicks with a layer above their marks
    dot = tab.locator(".khoosheh-plot .scatterlayer .trace").nth(1).locator(".point").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.get_by_role("dialog").locator("article").first.wait_for()
    assert seen(tab) > 0


def test_words_of_slides_are_seen_as_written(hostile, visitor):
    tab = visit(visitor(locale="en-US"), f"{hostile}/present?lang=en&choose=1")
    assert seen(tab) > 0
    for key in ("ranking", "promises", "investment"):
        visit(tab, f"{hostile}/present?lang=en&of={key}")
        seen(tab)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", ["chain", "asof", "missing", "lang", "scenario", "unit", "slide", "trial", "q"])
def test_words_of_an_address_are_seen_as_written(app, visitor, field, lang):
    # only the beginning of a value is told
    for words in (
        f"{LAST}",
        ":material/home:",
        ":red[w]",
        "http://evil.example/x",
        "[x](javascript:alert)",
        "<b>b</b>",
        "$x$",
    ):
        query = urlencode({"lang": lang, field: words})
        tab = visit(visitor(), f"{app}/{'present' if field == 'slide' else 'evidence'}?{query}")
        assert words in tab.evaluate(TEXTS).replace(JOINER, "")
        assert tab.evaluate(MADE) == [] and "home" not in tab.evaluate(ICONS)
        tab.goto("about:blank")
