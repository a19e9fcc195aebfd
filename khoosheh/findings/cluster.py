"""Findings of the cluster: needs and their evidence, phases that nobody stated, firms and what they do together."""

from collections.abc import Mapping, Sequence

from khoosheh import names, words
from khoosheh.locale import text
from khoosheh.measures import cluster
from khoosheh.persian import from_right
from khoosheh.register import Register

Row = Mapping[str, object]
LIFE_CYCLE, LABEL = "life_cycle", "ecei_label"


def title(needs: Sequence[Row], firms: int, links: int, *, published: bool, lang: str) -> str:
    """Return for how many needs there is evidence, and what is known of firms.

    ``firms`` and ``links``: how many are known; ``published``: whether the register has firms at all.
    """
    if firms:
        directory = text(lang, "cluster.directory.some", firms=firms, links=links)
    else:
        directory = text(lang, "cluster.directory.not_yet" if published else "cluster.directory.none")
    named = [row for row in needs if row["named"]]
    if not named:
        return text(lang, "finding.cluster.none", directory=directory)
    evidenced = sum(row["evidenced"] > 0 for row in named)
    if not evidenced:
        return text(lang, "finding.cluster.unevidenced", of=len(named), directory=directory)
    return text(lang, "finding.cluster", evidenced=evidenced, of=len(named), directory=directory)


def listed(register: Register, table: str, ids: str, lang: str) -> str:
    """Return the names of blank-separated ids of a table."""
    return text(lang, "list.comma").join(names.of_row(register, table, one, lang) for one in ids.split())


def phase(register: Register, code: object) -> Row:
    """Return a phase as a row of the register."""
    rows = register.table("life_cycle")
    return rows.loc[rows["phase_id"] == code].iloc[0]


def next_phase(register: Register, phases: Sequence[Row], lang: str) -> str:
    """Return the first phase whose needs do not all have evidence, and what would show it.

    ``phases``: those of the life cycle, in order.
    """
    first = next((row for row in phases if row["known"] < row["of"]), None)
    if first is None:
        return text(lang, "cluster.phase.all")
    return text(
        lang,
        "cluster.phase.next",
        phase=names.of_row(register, "life_cycle", first["phase_id"], lang),
        known=int(first["known"]),
        of=int(first["of"]),
        needs=listed(register, "requirements", first["lacking"], lang),
        proof=phase(register, first["phase_id"])[f"proof_{lang}"],
    )


def phase_needs(register: Register, row: Row, lang: str) -> str:
    """Return how many needs of a phase have evidence, and which have none."""
    if not row["of"]:
        return text(lang, "cluster.phase.no_needs")
    counted = text(lang, "cluster.phase.needs", known=int(row["known"]), of=int(row["of"]))
    if not row["lacking"]:
        return counted
    without = text(lang, "cluster.phase.lacking", needs=listed(register, "requirements", row["lacking"], lang))
    return text(lang, "list.semicolon").join([counted, without])


def firms_title(rows: Sequence[Row], of: int, lang: str) -> str:
    """Return how many firms were chosen of how many, and of how many it was stated what they are."""
    return text(
        lang,
        "firms.title",
        count=len(rows),
        of=of,
        known=sum(cluster.answer(row["is_knowledge_based"]) == cluster.YES for row in rows),
        exporting=sum(cluster.answer(row["exports"]) == cluster.YES for row in rows),
    )


def classes(cell: object, lang: str) -> str:
    """Return the ISIC classes of a firm or stage."""
    found = [words.digits(one, lang) for one in sorted(cluster.classes(cell))]
    joined = text(lang, "list.comma").join(found)
    return (from_right(joined) if lang == "fa" else joined) if found else text(lang, "value.not_stated")


def stages(register: Register, row: Row, lang: str) -> str:
    """Return the stages that share a class with a firm; where its class was not stated, nobody can say."""
    if words.missing(row["isic4"]):
        return text(lang, "value.not_stated")
    return listed(register, "stages", row["stage_ids"], lang) or text(lang, "firms.no_stage")


def answer(cell: object, lang: str) -> str:
    """Return 'yes', 'no' or 'not stated' in words."""
    return text(lang, f"answer.{cluster.answer(cell)}")


def exports(register: Register, row: Row, lang: str) -> str:
    """Return whether a firm is stated to export, and for how much a year."""
    said, low = answer(row["exports"], lang), row["export_value_usd_per_year_low"]
    if words.missing(low):
        return said
    unit = names.of_unit(register, "usd", lang)
    value = words.interval(low, row["export_value_usd_per_year_high"], lang, unit)
    return text(lang, "firms.exports", answer=said, value=value)


def firm(register: Register, row: Row, lang: str) -> str:
    """Return what is told of a firm, in lines."""
    lines = [
        row[f"name_{lang}"],
        text(lang, "firms.classes", classes=classes(row["isic4"], lang)),
        text(lang, "firms.known", answer=answer(row["is_knowledge_based"], lang)),
        text(lang, "firms.exporting", answer=exports(register, row, lang)),
        text(lang, "firms.partners", count=int(row["partners"])),
    ]
    return "\n".join(lines)


def link(register: Register, row: Row, lang: str) -> str:
    """Return who works with whom, and how."""
    return text(
        lang,
        "links.row",
        firm=names.of_row(register, "firms", row["firm_id"], lang),
        partner=names.of_row(register, "firms", row["partner_firm_id"], lang),
        kind=names.of_value(register, "links", "kind", row["kind"], lang),
    )


def gap_list(register: Register, rows: Sequence[Row], verdict: str, lang: str) -> str:
    """Return the stages of a verdict by name, each with its chain."""
    stages = [
        text(
            lang,
            "gaps.stage",
            stage=names.of_row(register, "stages", row["stage_id"], lang),
            chain=names.of_row(register, "chains", row["chain_id"], lang),
        )
        for row in rows
    ]
    return text(lang, f"gaps.list.{verdict}", stages=text(lang, "list.semicolon").join(stages))


def gaps(rows: Sequence[Row], lang: str) -> str:
    """Return which stages no firm serves, and which perhaps none."""
    judged = [row for row in rows if row["verdict"] in (cluster.SERVED, cluster.GAP, cluster.PERHAPS)]
    if not judged:
        return text(lang, "gaps.none_judged")
    parts = []
    for verdict in (cluster.GAP, cluster.PERHAPS):
        count = sum(row["verdict"] == verdict for row in judged)
        if count:
            parts.append(text(lang, f"gaps.{verdict}", count=count, of=len(judged)))
    return text(lang, "list.semicolon").join(parts) or text(lang, "gaps.all", of=len(judged))


def firms_of(register: Register, row: Row, lang: str) -> str:
    """Return how many firms a stage has, and which."""
    if words.missing(row["low"]):
        return text(lang, f"speciality.{row['verdict']}")
    count = words.interval(row["low"], row["high"], lang)
    if not row["firm_ids"]:
        return text(lang, f"speciality.{row['verdict']}", count=count)
    return text(lang, "speciality.served", count=count, firms=listed(register, "firms", row["firm_ids"], lang))
