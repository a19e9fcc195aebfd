"""Write the generated part of docs/glossary.md: tables, fields and codes of the descriptor ``data/datapackage.json``.

    python -m tools.glossary             writes it
    python -m tools.glossary --check     exit 1 if the page differs from the descriptor

The terms above it on the page are written by hand.
"""

import json
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from khoosheh.register.descriptor_types import CodeAttributes, Descriptor, Field, Resource
from tools import marked_section

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "glossary.md"
DESCRIPTOR = ROOT / "data" / "datapackage.json"
SECTION = "descriptor"
# ends of the names of fields that belong together: both languages, both ends of an interval
ENDS = ("_fa", "_en", "_low", "_high", "_from", "_to")
OC4IDS, ISIC, ISO_PLACES, SDMX = "OC4IDS 0.9.5", "ISIC Rev.4", "ISO 3166-2", "SDMX, CL_OBS_STATUS"
# fields that come from a standard, or have codes of it, which no attribute of the descriptor names
FIELD_STANDARDS = {
    "iso_3166_2": ISO_PLACES,
    "joint_iso_3166_2": ISO_PLACES,
    "iso_3166_2_before_2020_11_24": ISO_PLACES,
    "name_iso_romanized": ISO_PLACES,
    "sector": ISIC,
    "isic4": ISIC,
    "obs_status": SDMX,
    "currency": "ISO 4217",
    "osm_relation": "OpenStreetMap",
    "wikidata": "Wikidata",
    "sci_code": "Statistical Centre of Iran",
    "inflation_pct": "World Bank, FP.CPI.TOTL.ZG",
}
# attributes of codes that name their counterpart in OC4IDS
OC4IDS_ATTRIBUTES = {"oc4ids_status": "project status", "oc4ids_metric": "metric", "oc4ids_in": "in"}

Row = tuple[str, ...]


def build_section(descriptor: Descriptor) -> str:
    """Return the generated part as Markdown: all tables, the fields of each, and the codes of each field."""
    parts = ["## Tables", build_table(("Persian", "English", "in code"), list_tables(descriptor))]
    for table in find_tables(descriptor):
        parts.append(f"### {table['labels']['fa']} · {table['labels']['en']} (`{table['name']}`)")
        parts.append(build_table(("Persian", "English", "in code", "from"), list_field_groups(table)))
    parts.append("## Codes")
    for title, rows in list_codes(descriptor):
        parts += [f"### {title}", build_table(("Persian", "English", "in code", "from"), rows)]
    return "\n\n".join(parts)


def find_tables(descriptor: Descriptor) -> list[Resource]:
    """Return the resources that are tables."""
    return [resource for resource in descriptor["resources"] if "schema" in resource]


def list_tables(descriptor: Descriptor) -> list[Row]:
    """Return a row for each resource, maps included: labels and name."""
    return [
        (resource["labels"]["fa"], resource["labels"]["en"], f"`{resource['name']}`")
        for resource in descriptor["resources"]
    ]


def list_field_groups(table: Resource) -> list[Row]:
    """Return a row for each group of neighbouring fields whose names differ in their end only."""
    fields = table["schema"]["fields"]
    groups = [list(group) for _, group in groupby(fields, key=lambda field: remove_end(field["name"]))]
    return [describe_fields(group) for group in groups]


def remove_end(name: str) -> str:
    """Return a field's name without an end that only means a language or an end of an interval."""
    return next((name.removesuffix(end) for end in ENDS if name.endswith(end)), name)


def describe_fields(group: list[Field]) -> Row:
    """Return the row of a group: Persian labels, English labels, names, standard."""
    labels = [", ".join(unique(field["labels"][lang] for field in group)) for lang in ("fa", "en")]
    names = ", ".join(f"`{field['name']}`" for field in group)
    return labels[0].replace(", ", "، "), labels[1], names, find_field_standard(group[0])


def find_field_standard(field: Field) -> str:
    """Return the standard that a field comes from; '' where it comes from none."""
    if field.get("calendar") == "jalali":
        return "Jalali calendar"
    return FIELD_STANDARDS.get(field["name"], "")


def list_codes(descriptor: Descriptor) -> list[tuple[str, list[Row]]]:
    """Return titles and rows of the codes of all fields; fields with the same codes share a title."""
    lists: dict[str, tuple[list[str], list[Row]]] = {}
    for table in find_tables(descriptor):
        for field in table["schema"]["fields"]:
            if values := field.get("values"):
                key = json.dumps({code: [labels["fa"], labels["en"]] for code, labels in values.items()})
                title = f"{field['labels']['fa']} · {field['labels']['en']} (`{table['name']}.{field['name']}`)"
                rows = [describe_code(field, code, labels) for code, labels in values.items()]
                lists.setdefault(key, ([], rows))[0].append(title)
    return [("; ".join(titles), rows) for titles, rows in lists.values()]


def describe_code(field: Field, code: str, labels: CodeAttributes) -> Row:
    """Return the row of a code: labels, code, standard."""
    terms = [f"{name} `{labels[key]}`" for key, name in OC4IDS_ATTRIBUTES.items() if key in labels]
    standard = f"{OC4IDS}: {', '.join(terms)}" if terms else FIELD_STANDARDS.get(field["name"], "")
    return str(labels["fa"]), str(labels["en"]), f"`{code}`", standard


def unique(words: Iterable[str]) -> list[str]:
    """Return words in order, each once."""
    return list(dict.fromkeys(words))


def build_table(headings: Row, rows: list[Row]) -> str:
    """Return a Markdown table."""
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def main(arguments: list[str]) -> int:
    """Write the page, or compare it with ``--check``."""
    page = PAGE.read_text(encoding="utf-8")
    wanted = marked_section.replace_section(
        page, SECTION, build_section(json.loads(DESCRIPTOR.read_text(encoding="utf-8")))
    )
    if "--check" in arguments:
        return int(page != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
