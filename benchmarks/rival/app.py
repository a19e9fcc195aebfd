"""The app: ``gunicorn benchmarks.rival.app:server``.

Each process loads the register itself: a process that was forked after loading has been seen to hang.
"""

import gc
from functools import lru_cache

from dash import Dash, Input, Output, dcc, html

from benchmarks.rival import tables
from khoosheh import labels, queries, register
from khoosheh.figures import plotly_bundle
from khoosheh.figures.theme import Theme
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.topics.commitments import sentences as of_schedule
from khoosheh.topics.commitments.findings import COMMITMENTS
from khoosheh.topics.commitments.slides import make_progress_figure_factory, select_progress_curves
from khoosheh.topics.commitments.timeline import make_timeline_figure_factory, read_timeline
from khoosheh.topics.investment import amounts_figure, over_time
from khoosheh.topics.investment.findings import AMOUNTS, COUNTIES, DATED_AMOUNTS, TOTALS
from khoosheh.topics.request import FindingRequest, Question

LANG = "fa"
THEME = Theme(LANG)
# cached answers, bars, curves and rows drawn: as many as in the app
MOST, MOST_BARS, MOST_CURVES = 1000, 60, 12
LISTS = {"chain": "chain_id", "county": "county_id", "sector": "sector", "kind": "kind"}
ONE = ("unit", "by")
PAGES = ("investment", "schedule")
STYLE = "body{direction:rtl;font-family:Vazirmatn,sans-serif}.js-plotly-plot,#js-plotly-tester{direction:ltr}"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": False}
# width of the app's figures in a window of 1400 pixels
WIDTH_PX = 1240

REGISTER = register.load_register()


def _list_commitment_curves(asked: Selection) -> list[list[dict]]:
    progress = list(queries.query_physical_progress(REGISTER, asked).iter_rows(named=True))
    return select_progress_curves(progress)[:MOST_CURVES]


# the greatest number of figures on one page
FIGURES = max(4, 1 + len(_list_commitment_curves(Selection())))
app = Dash(
    __name__,
    title="Rival",
    update_title=None,
    suppress_callback_exceptions=True,
    add_log_handler=False,
    # Plotly's basic bundle, as ours: Dash takes it in place of its own whole one
    assets_folder=str(plotly_bundle.SCRIPT.parent),
)
server = app.server
app.index_string = app.index_string.replace("{%css%}", f"{{%css%}}<style>{STYLE}</style>")


def _build_filter_options(field: str) -> list[dict[str, str]]:
    def format_option(code: str) -> str:
        if field == "unit":
            return labels.find_unit_label(REGISTER, code, LANG)
        if field == "kind":
            return labels.find_measure_label(REGISTER, code, LANG)
        if field == "by":
            return format_message(LANG, f"by.{code}")
        return labels.find_group_label(REGISTER, LISTS[field], code, LANG)

    return [{"label": format_option(code), "value": code} for code in queries.list_selection_codes(REGISTER)[field]]


def _build_filters() -> html.Div:
    many = [dcc.Dropdown(id=one, options=_build_filter_options(one), multi=True, placeholder=one) for one in LISTS]
    single = [
        dcc.Dropdown(
            id=one, options=_build_filter_options(one), value=_build_filter_options(one)[0]["value"], clearable=False
        )
        for one in ONE
    ]
    return html.Div([html.Div(one, style={"width": 210}) for one in (*many, *single)], style={"display": "flex"})


def _build_graph(place: int) -> html.Div:
    return html.Div(dcc.Graph(id=f"figure-{place}", config=CONFIG), id=f"box-{place}", style={"display": "none"})


app.layout = html.Div([
    dcc.Location(id="place"),
    html.Nav([dcc.Link(format_message(LANG, f"nav.{one}"), href=f"/{one}", id=f"to-{one}") for one in PAGES]),
    _build_filters(),
    html.H1(id="title"),
    *(_build_graph(place) for place in range(FIGURES)),
    dcc.Store(id="told"),
    html.Div(id="tables"),
])  # fmt: skip


# HTML, which browsers parse quickly, instead of thousands of Dash components
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
def update_page(path: str, chain: list, county: list, sector: list, kind: list, unit: str, by: str) -> list:
    """Answer a change of page or filter."""
    many = [tuple(one or ()) for one in (chain, county, sector, kind)]
    if path.endswith("schedule"):
        title, figures, below = _build_commitments_page(Selection(*many[:3]))
    else:
        title, figures, below = _build_investment_page(Selection(*many, unit=unit, by=by))
    left = FIGURES - len(figures)
    shown = [{"display": "block"}] * len(figures) + [{"display": "none"}] * left
    return [title, *figures, *([{}] * left), *shown, below]


def _build_sized_figure(figure: object) -> dict:
    """Return a figure as the app draws it on a wide screen, without its ticks for zooming."""
    drawn = figure.layout.meta.get("wide") or figure.to_plotly_json()
    return {**drawn, "layout": {**drawn["layout"], "width": WIDTH_PX, "meta": None}}


@lru_cache(MOST)
def _build_investment_page(asked: Selection) -> tuple[str, list, str]:
    request = FindingRequest(REGISTER, Question(asked), LANG)
    amounts, dated, projects = (one.read_rows(request) for one in (AMOUNTS, DATED_AMOUNTS, COUNTIES))
    drawn = (
        (AMOUNTS, amounts_figure.select_drawn_rows(amounts, MOST_BARS)),
        (DATED_AMOUNTS, over_time.select_drawn_amounts(dated)),
        (COUNTIES, projects),
    )
    figures = [
        one.figure(request, rows, format_message(LANG, "nav.investment"))(THEME) for one, rows in drawn if rows
    ]
    below = [
        tables.build_folded_table(tables.build_finding_table(one, rows, request))
        for one, rows in ((AMOUNTS, amounts), (COUNTIES, projects))
    ]
    below += [
        tables.build_folded_table(
            tables.build_statements_table(REGISTER, queries.select_investment_statements(REGISTER, asked), LANG)
        ),
        tables.build_statements_table(REGISTER, queries.select_benefit_statements(REGISTER, asked), LANG),
    ]
    return (
        TOTALS.format_sentence(request, TOTALS.read_rows(request)),
        [_build_sized_figure(one) for one in figures],
        "".join(below),
    )


@lru_cache(MOST)
def _build_commitments_page(asked: Selection) -> tuple[str, list, str]:
    rows = list(queries.query_commitments(REGISTER, asked).iter_rows(named=True))
    request, now = FindingRequest(REGISTER, Question(asked), LANG), queries.find_as_of_day(REGISTER, asked)
    figures = [make_timeline_figure_factory(read_timeline(request, MOST_BARS).rows, now, LANG)(THEME)]
    figures += [
        make_progress_figure_factory(REGISTER, mine, now, LANG)(THEME) for mine in _list_commitment_curves(asked)
    ]
    below = [
        tables.build_board_table(request),
        tables.build_finding_table(COMMITMENTS, rows, request),
        tables.build_statements_table(REGISTER, queries.select_confidence_statements(REGISTER, asked), LANG),
        tables.build_earned_value(request),
    ]
    return (
        of_schedule.format_commitments_summary(rows, LANG),
        [_build_sized_figure(one) for one in figures],
        "".join(below),
    )


gc.collect()
gc.freeze()
