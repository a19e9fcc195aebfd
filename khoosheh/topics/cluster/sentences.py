"""Sentences about the cluster: needs with their evidence, phases, firms and their links."""

from collections.abc import Sequence

import narwhals as nw

from khoosheh import formatting, labels
from khoosheh.locale import format_message
from khoosheh.measures import cluster
from khoosheh.persian import force_right_to_left
from khoosheh.queries import read_register_table
from khoosheh.register import Register
from khoosheh.topics.request import Row

LIFE_CYCLE, LABEL = "life_cycle", "ecei_label"


def format_cluster_summary(needs: Sequence[Row], firms: int, links: int, *, published: bool, lang: str) -> str:
    """Return for how many needs there is evidence, and what is known of firms.

    ``firms`` and ``links``: how many are known; ``published``: whether the register has firms at all.
    """
    if firms:
        directory = format_message(lang, "cluster.directory.some", **format_directory_size(firms, links, lang))
    else:
        directory = format_message(lang, "cluster.directory.not_yet" if published else "cluster.directory.none")
    named = [row for row in needs if row["named"]]
    if not named:
        return format_message(lang, "finding.cluster.none", directory=directory)
    evidenced = sum(row["evidenced"] > 0 for row in named)
    if not evidenced:
        return format_message(lang, "finding.cluster.unevidenced", count=len(named), directory=directory)
    return format_message(lang, "finding.cluster", evidenced=evidenced, count=len(named), directory=directory)


def format_directory_size(firms: int, links: int, lang: str) -> dict[str, str]:
    """Return the numbers of firms and links in words, under the keys 'firms' and 'links'."""
    return {
        "firms": format_message(lang, "count.firms", count=firms),
        "links": format_message(lang, "count.links", count=links),
    }


def format_name_list(register: Register, table: str, ids: str, lang: str) -> str:
    """Return the names of blank-separated ids of a table."""
    return format_message(lang, "list.comma").join(
        labels.find_row_label(register, table, row_id, lang) for row_id in ids.split()
    )


def find_phase_row(register: Register, code: str) -> Row:
    """Return a phase as a row of the register."""
    phases = read_register_table(register, "life_cycle").filter(nw.col("phase_id") == code)
    return phases.rows(named=True)[0]


def format_next_phase(register: Register, phases: Sequence[Row], lang: str) -> str:
    """Return the first phase whose needs do not all have evidence, and what would show it.

    ``phases``: those of the life cycle, in order.
    """
    first = next((row for row in phases if row["known"] < row["of"]), None)
    if first is None:
        return format_message(lang, "cluster.phase.all")
    return format_message(
        lang,
        "cluster.phase.next",
        phase=labels.find_row_label(register, "life_cycle", first["phase_id"], lang),
        known=int(first["known"]),
        of=int(first["of"]),
        needs=format_name_list(register, "requirements", first["lacking"], lang),
        proof=find_phase_row(register, first["phase_id"])[f"proof_{lang}"],
    )


def format_phase_needs(register: Register, row: Row, lang: str) -> str:
    """Return how many needs of a phase have evidence, and which have none."""
    if not row["of"]:
        return format_message(lang, "cluster.phase.no_needs")
    counted = format_message(lang, "cluster.phase.needs", known=int(row["known"]), of=int(row["of"]))
    if not row["lacking"]:
        return counted
    without = format_message(
        lang, "cluster.phase.lacking", needs=format_name_list(register, "requirements", row["lacking"], lang)
    )
    return format_message(lang, "list.semicolon").join([counted, without])


def format_firms_summary(rows: Sequence[Row], of: int, lang: str) -> str:
    """Return how many firms were chosen of how many, and of how many it was stated what they are."""
    return format_message(
        lang,
        "firms.title",
        shown=len(rows),
        count=of,
        known=sum(cluster.classify_answer(row["is_knowledge_based"]) == cluster.YES for row in rows),
        exporting=sum(cluster.classify_answer(row["exports"]) == cluster.YES for row in rows),
    )


def format_isic_classes(cell: str | float | None, lang: str) -> str:
    """Return the ISIC classes of a firm or stage."""
    classes = [formatting.format_digits(isic_class, lang) for isic_class in sorted(cluster.parse_isic_classes(cell))]
    joined = format_message(lang, "list.comma").join(classes)
    return (
        (force_right_to_left(joined) if lang == "fa" else joined)
        if classes
        else format_message(lang, "value.not_stated")
    )


def format_firm_stages(register: Register, row: Row, lang: str) -> str:
    """Return the stages that share a class with a firm; 'not stated' where the class was not stated."""
    if formatting.is_missing(row["isic4"]):
        return format_message(lang, "value.not_stated")
    return format_name_list(register, "stages", row["stage_ids"], lang) or format_message(lang, "firms.no_stage")


def format_yes_no_answer(cell: bool | None, lang: str) -> str:
    """Return 'yes', 'no' or 'not stated' in words."""
    return format_message(lang, f"answer.{cluster.classify_answer(cell)}")


def format_firm_exports(register: Register, row: Row, lang: str) -> str:
    """Return whether a firm is stated to export, and for how much a year."""
    answer, low = format_yes_no_answer(row["exports"], lang), row["export_value_usd_per_year_low"]
    if formatting.is_missing(low):
        return answer
    unit = labels.find_unit_label(register, "usd", lang)
    value = formatting.format_value_range(low, row["export_value_usd_per_year_high"], lang, unit)
    return format_message(lang, "firms.exports", answer=answer, value=value)


def format_firm_details(register: Register, row: Row, lang: str) -> str:
    """Return a description of a firm, in lines."""
    lines = [
        row[f"name_{lang}"],
        format_message(lang, "firms.classes", classes=format_isic_classes(row["isic4"], lang)),
        format_message(lang, "firms.known", answer=format_yes_no_answer(row["is_knowledge_based"], lang)),
        format_message(lang, "firms.exporting", answer=format_firm_exports(register, row, lang)),
        format_message(lang, "firms.partners", count=int(row["partners"])),
    ]
    return "\n".join(lines)


def format_firm_link(register: Register, row: Row, lang: str) -> str:
    """Return the two firms of a link and the kind of the link."""
    return format_message(
        lang,
        "links.row",
        firm=labels.find_row_label(register, "firms", row["firm_id"], lang),
        partner=labels.find_row_label(register, "firms", row["partner_firm_id"], lang),
        kind=labels.find_value_label(register, "links", "kind", row["kind"], lang),
    )


def format_gap_list(register: Register, rows: Sequence[Row], verdict: str, lang: str) -> str:
    """Return the stages of a verdict by name, each with its chain."""
    stages = [
        format_message(
            lang,
            "gaps.stage",
            stage=labels.find_row_label(register, "stages", row["stage_id"], lang),
            chain=labels.find_row_label(register, "chains", row["chain_id"], lang),
        )
        for row in rows
    ]
    return format_message(lang, f"gaps.list.{verdict}", stages=format_message(lang, "list.semicolon").join(stages))


def format_gaps_summary(rows: Sequence[Row], lang: str) -> str:
    """Return how many stages have certainly no firm, and how many perhaps none."""
    judged = [row for row in rows if row["verdict"] in (cluster.SERVED, cluster.GAP, cluster.PERHAPS)]
    if not judged:
        return format_message(lang, "gaps.none_judged")
    parts = []
    for verdict in (cluster.GAP, cluster.PERHAPS):
        count = sum(row["verdict"] == verdict for row in judged)
        if count:
            parts.append(format_message(lang, f"gaps.{verdict}", without=count, count=len(judged)))
    return format_message(lang, "list.semicolon").join(parts) or format_message(lang, "gaps.all", count=len(judged))


def format_stage_firms(register: Register, row: Row, lang: str) -> str:
    """Return how many firms a stage has, and which."""
    if formatting.is_missing(row["low"]):
        return format_message(lang, f"speciality.{row['verdict']}")
    count = formatting.format_value_range(row["low"], row["high"], lang)
    if not row["firm_ids"]:
        return format_message(lang, f"speciality.{row['verdict']}", count=count)
    return format_message(
        lang, "speciality.served", count=count, firms=format_name_list(register, "firms", row["firm_ids"], lang)
    )
