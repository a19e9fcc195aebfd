"""Templates of the tables of firms and links, to be filled in."""

import csv
import io

import streamlit as st

from khoosheh import downloads
from khoosheh.register import Dictionary
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown

TABLES = ("firms", "links")


def render_template_downloads(page: PageContext) -> None:
    """Say that the register has no firms, and offer the files that its editors fill in."""
    finding.render_heading(page.t("templates.title"), note=page.t("templates.lead"))
    with st.container(horizontal=True, key="khoosheh-templates"):
        for name in TABLES:
            label = page.register.dictionary.table_label(name, page.lang)
            st.download_button(
                escape_markdown(page.t("templates.download", table=label)),
                build_template_csv(page.register.dictionary, name, page.lang).encode(),
                file_name=f"{name}.csv",
                mime="text/csv",
                key=f"template-{name}",
                on_click="ignore",
                icon=":material/download:",
            )


def build_template_csv(dictionary: Dictionary, name: str, lang: str) -> str:
    """Return a table without rows as CSV, with the byte order mark by which spreadsheets recognise its encoding.

    The first line has the names of the fields, the second their labels, each with the codes that its field allows.
    """
    fields = dictionary.fields(name)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(fields)
    writer.writerow(_format_field_heading(dictionary, name, field, lang) for field in fields)
    return downloads.MARK + out.getvalue()


def _format_field_heading(dictionary: Dictionary, name: str, field: str, lang: str) -> str:
    described = dictionary.field(name, field)
    codes = [f"{code} = {labels[lang]}" for code, labels in dictionary.values(name, field).items()]
    if described["type"] == "boolean":
        codes = [*described["trueValues"], *described["falseValues"]]
    label = dictionary.field_label(name, field, lang)
    return f"{label} ({' | '.join(codes)})" if codes else label
