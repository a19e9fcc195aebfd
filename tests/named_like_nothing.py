"""A register whose speakers, titles, names and, where letters allow, ids read like missing values."""

import re

from texts_like_nothing import TEXTS_LIKE_NOTHING

from testing import made_up


def key(place: int, name: str) -> str:
    """Return the name as an id, where ids may be written so."""
    return name if re.fullmatch("[A-Za-z0-9][A-Za-z0-9_-]*", name) else f"row-{place}"


def rows() -> dict[str, list[dict]]:
    """Return the made-up register with a source, a project, a firm and statements for each name."""
    found = made_up.tables()
    like = {table: found[table][0] for table in ("sources", "projects", "firms")}
    found["statements"] = []
    for place, name in enumerate(TEXTS_LIKE_NOTHING):
        one, named = key(place, name), {"name_fa": name, "name_en": name}
        title = {"title_fa": name, "title_en": name, "publisher_fa": name, "publisher_en": name, "licence": name}
        found["sources"].append({**like["sources"], "source_id": one, **title})
        found["projects"].append({**like["projects"], "project_id": one, **named, "location_note_fa": name})
        found["firms"].append({**like["firms"], "firm_id": one, "isic4": "", "source_id": one, **named})
        cost = (one, one, "", "cost_planned", 100 + place, 100 + place, "bn_irr", "1402-03", "1402-03", {})
        state = (f"S{place}", one, "", "state", "", "", "", "1402-03", "1402-03",
                 {"state_low": "building", "state_high": "building"})  # fmt: skip
        said = {"speaker_fa": name, "speaker_en": name, "source_id": one, "claim_fa": name, "claim_en": name}
        found["statements"] += [
            made_up.statement(cost) | said | {"value_printed": name},
            made_up.statement(state) | said,
        ]
    return found
