"""Findings of the standings: places computed from tables of values, plainly said also where they got worse."""

from collections.abc import Mapping, Sequence

from khoosheh import names, words
from khoosheh.locale import text
from khoosheh.register import Register, remembered

Row = Mapping[str, object]


@remembered
def calendar_of(register: Register, indicator: str) -> str:
    """Return the calendar in which an indicator counts years."""
    rows = register.table("indicators")
    return rows.loc[rows["indicator_id"] == indicator, "year_calendar"].iloc[0]


def year(register: Register, row: Row, lang: str) -> str:
    """Return the year of a row."""
    return words.year(row["year"], calendar_of(register, row["indicator_id"]), lang)


def province(register: Register, row: Row, lang: str) -> str:
    """Return the name of a province, or of both where they have one value together."""
    both = [row["iso_3166_2"], *([] if words.missing(row["joint_iso_3166_2"]) else [row["joint_iso_3166_2"]])]
    return text(lang, "list.and").join(names.of_row(register, "provinces", one, lang) for one in both if one)


def value(register: Register, row: Row, lang: str, name: str = "value") -> str:
    """Return a value of a row with its unit, to the decimals that its unit is printed with."""
    if words.missing(row[name]):
        return text(lang, "value.none")
    info = unit_of(register, row["indicator_id"])
    decimals = int(info["decimals"])
    # the distance of two per cents is in percentage points
    named = info[lang] if name == "value" else info[f"difference_{lang}"]
    shown = words.rounded(row[name], decimals)
    if shown == 0 and row[name] != 0:
        least = words.rounded(10.0**-decimals, decimals)
        return text(lang, "value.less_than", value=words.interval(least, least, lang, named))
    return words.interval(shown, shown, lang, named)


@remembered
def unit_of(register: Register, indicator: str) -> Row:
    """Return what the dictionary says of the unit of an indicator's values."""
    rows = register.table("indicators")
    code = rows.loc[rows["indicator_id"] == indicator, "value_unit"].iloc[0]
    return register.dictionary.values("indicators", "value_unit")[code]


def place(row: Row, lang: str) -> str:
    """Return a computed place, and whether it is shared."""
    return text(
        lang, "standing.tied" if row["tied"] else "standing.place", place=int(row["place"]), of=int(row["of"])
    )


def row_words(register: Register, row: Row, lang: str) -> str:
    """Return province, year, place and value in a line."""
    said = text(
        lang,
        "standing.row",
        province=province(register, row, lang),
        year=year(register, row, lang),
        place=place(row, lang),
        value=value(register, row, lang),
    )
    doubt = warning(register, row, lang)
    return text(lang, "standing.doubtful", said=said, warning=doubt) if doubt else said


def warning(register: Register, row: Row, lang: str) -> str:
    """Return what is doubtful of a value; nothing where nothing is."""
    return register.dictionary.value_label("observations", "quality_flag", row["quality_flag"], lang) or ""


def label(register: Register, row: Row, lang: str) -> str:
    """Return what stands at the end of a province's line."""
    return text(lang, "standing.label", place=int(row["place"]), province=province(register, row, lang))


def moved(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return how the place of a province moved between two years, as plainly for the worse as for the better."""
    first, last = rows
    climb = int(first["place"]) - int(last["place"])
    key = "up" if climb > 0 else "down" if climb < 0 else "same"
    return text(
        lang,
        f"standing.moved.{key}",
        indicator=names.of_row(register, "indicators", last["indicator_id"], lang),
        province=province(register, last, lang),
        first=int(first["place"]),
        last=int(last["place"]),
        first_year=year(register, first, lang),
        last_year=year(register, last, lang),
        steps=abs(climb),
        of=int(last["of"]),
    )


def margin(register: Register, row: Row, lang: str) -> str:
    """Return by how much the value lies apart from those of the next better and the next worse place."""
    better, worse = words.missing(row["to_better"]), words.missing(row["to_worse"])
    key = "only_worse" if better else "only_better" if worse else "both"
    return text(
        lang,
        f"standing.margin.{key}",
        province=province(register, row, lang),
        year=year(register, row, lang),
        better=value(register, row, lang, "to_better"),
        worse=value(register, row, lang, "to_worse"),
    )


def source(register: Register, source_id: str) -> Row:
    """Return a source as a row of the register."""
    return _sources(register)[source_id]


@remembered
def _sources(register: Register) -> Mapping[str, Row]:
    return register.table("sources").set_index("source_id", drop=False).to_dict("index")
