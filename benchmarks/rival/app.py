"""The app: ``gunicorn benchmarks.rival.app:server``.

Each process loads the register for itself: forked after loading, one was seen to hang.
"""

import gc
from functools import lru_cache

from dash import Dash, Input, Output, dcc, html

from benchmarks.rival import tables
from khoosheh import board, findings, names, register, slides
from khoosheh.figures import library
from khoosheh.figures.theme import Theme
from khoosheh.findings import schedule as of_schedule
from khoosheh.locale import text
from khoosheh.measures.scope import Selection

LANG = "fa"
THEME = Theme(LANG)
# answers kept, bars, curves and rows drawn: as many as ours
MOST, MOST_BARS, MOST_CURVES = 1000, 60, 12
LISTS = {"chain": "chain_id", "county": "county_id", "sector": "sector", "kind": "kind"}
ONE = ("unit", "by")
PAGES = ("investment", "schedule")
STYLE = "body{direction:rtl;font-family:Vazirmatn,sans-serif}.js-plotly-plot,#js-plotly-tester{direction:ltr}"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": False}
# as wide as ours are drawn in a window of 1400
WIDTH_PX = 1240

REGISTER = register.load()


def _curves(asked: Selection) -> list[list[dict]]:
    progress = list(board.progress(REGISTER, asked).iter_rows(named=True))
    return slides.promises.curves(progress)[:MOST_CURVES]


# as many figures as either page may have at once
FIGURES = max(4, 1 + len(_curves(Selection())))
app = Dash(
    __name__,
    title="Rival",
    update_title=None,
    suppress_callback_exceptions=True,
    add_log_handler=False,
    # Plotly's basic bundle, as ours: Dash takes it in place of its own whole one
    assets_folder=str(library.SCRIPT.parent),
)
server = app.server
app.index_string = app.index_string.replace("{%css%}", f"{{%css%}}<style>{STYLE}</style>")


def _choices(field: str) -> list[dict[str, str]]:
    def named(code: str) -> str:
        if field == "unit":
            return names.of_unit(REGISTER, code, LANG)
        if field == "kind":
            return names.of_kind(REGISTER, code, LANG)
        if field == "by":
            return text(LANG, f"by.{code}")
        return names.of_group(REGISTER, LISTS[field], code, LANG)

    return [{"label": named(code), "value": code} for code in board.codes(REGISTER)[field]]


def _filters() -> html.Div:
    many = [dcc.Dropdown(id=one, options=_choices(one), multi=True, placeholder=one) for one in LISTS]
    single = [
        dcc.Dropdown(id=one, options=_choices(one), value=_choices(one)[0]["value"], clearable=False) for one in ONE
    ]
    return html.Div([html.Div(one, style={"width": 210}) for one in (*many, *single)], style={"display": "flex"})


def _graph(place: int) -> html.Div:
    return html.Div(dcc.Graph(id=f"figure-{place}", config=CONFIG), id=f"box-{place}", style={"display": "none"})


app.layout = html.Div([
    dcc.Location(id="place"),
    html.Nav([dcc.Link(text(LANG, f"nav.{one}"), href=f"/{one}", id=f"to-{one}") for one in PAGES]),
    _filters(),
    html.H1(id="title"),
    *(_graph(place) for place in range(FIGURES)),
    dcc.Store(id="told"),
    html.Div(id="tables"),
])  # fmt: skip


# one piece of HTML, which the browser reads in no time, instead of thousands of elements of Dash's own
app.clientside_callback(
    "told => { document.getElementById('tables').innerHTML = told ?? ''; return window.dash_clientside.no_update; }",
    Output("tables", "title"),
    Input("told", "data"),
)


@app.callback(
    Output("title", "children"),
    *(Output(f"figure-{place}", "figure") for place in range(FIGURES)),
    *(Output(f"box-{place}", "style") for place in range(FIGURES)),
    Output("told", "data"),
    Input("place", "pathname"),
    *(Input(field, "value") for field in (*LISTS, *ONE)),
)
def change(path: str, chain: list, county: list, sector: list, kind: list, unit: str, by: str) -> list:
    """Answer a change of page or filter."""
    many = [tuple(one or ()) for one in (chain, county, sector, kind)]
    if path.endswith("schedule"):
        title, figures, below = _schedule(Selection(*many[:3]))
    else:
        title, figures, below = _investment(Selection(*many, unit=unit, by=by))
    left = FIGURES - len(figures)
    shown = [{"display": "block"}] * len(figures) + [{"display": "none"}] * left
    return [title, *figures, *([{}] * left), *shown, below]


def _sized(figure: object) -> dict:
    # a second form for wide screens and ticks for zooming are ours alone: it need not carry them
    return figure.update_layout(width=WIDTH_PX, meta=None).to_plotly_json()


@lru_cache(MOST)
def _investment(asked: Selection) -> tuple[str, list, str]:
    amounts = sorted(board.amounts(REGISTER, asked).iter_rows(named=True), key=lambda row: -row["low"])
    totals = list(board.totals(REGISTER, asked).iter_rows(named=True))
    units = [asked.unit, *sorted({row["unit"] for row in amounts} - {asked.unit})]
    by_unit = [[row for row in amounts if row["unit"] == unit] for unit in units]
    name = text(LANG, "nav.investment")
    figures = [
        slides.investment.figure(REGISTER, rows[:MOST_BARS], asked.by, LANG, name)(THEME) for rows in by_unit if rows
    ]
    below = [
        tables.folded(tables.amounts(REGISTER, amounts, asked.by, LANG)),
        tables.folded(tables.statements(REGISTER, board.money_words(REGISTER, asked), LANG)),
        tables.statements(REGISTER, board.benefits(REGISTER, asked), LANG),
    ]
    return findings.investment(REGISTER, totals, LANG), [_sized(one) for one in figures], "".join(below)


@lru_cache(MOST)
def _schedule(asked: Selection) -> tuple[str, list, str]:
    rows = list(board.promises(REGISTER, asked).iter_rows(named=True))
    first = list(board.progress(REGISTER, asked).head(MOST_BARS).iter_rows(named=True))
    said, now = slides.promises.statements_by_id(REGISTER), board.day_of(REGISTER, asked)
    drawn = slides.promises.bars(REGISTER, rows[:MOST_BARS], first, said, LANG)[:MOST_BARS]
    figures = [slides.promises.gantt(drawn, now, LANG)(THEME)]
    figures += [slides.promises.curve(REGISTER, mine, now, LANG)(THEME) for mine in _curves(asked)]
    below = [
        tables.ledger(REGISTER, rows, said, LANG),
        tables.statements(REGISTER, board.confidence(REGISTER, asked), LANG),
        tables.earned(REGISTER, asked, LANG),
        tables.changes(REGISTER, asked, said, LANG),
    ]
    return of_schedule.title(rows, LANG), [_sized(one) for one in figures], "".join(below)


gc.collect()
gc.freeze()
