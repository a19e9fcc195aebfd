"""Two packages of the invented province: the made-up one, and a later one that differs in ways worked out by hand."""

from pathlib import Path

from testing import made_up


def later() -> dict[str, list[dict]]:
    """Return the rows of the later package."""
    rows = made_up.tables()
    said = {row["statement_id"]: row for row in rows["statements"]}
    # the dryer: 300 to 400 becomes 300 to 500
    said["M03"]["value_high"] = 500
    said["M17"]["said_to"] = "1402-07"
    said["M20"] |= {"state_low": "licensed", "state_high": "licensed"}
    rows["statements"] = [row for row in rows["statements"] if row["statement_id"] != "M07"]
    rows["statements"].append(
        made_up.statement(("M21", "school", "", "cost_planned", 8, 8, "bn_irr", "1402-07", "1402-07", {}))
    )
    rows["projects"][3]["county_id"] = ""
    # of a key of three fields
    rows["ranks"][0]["rank_high"] = 2
    # from a shared first place in rain to the last of three
    rows["observations"][6]["value"] = 10
    return rows


def write(folder: Path) -> tuple[Path, Path]:
    """Write both packages below ``folder``; return their folders."""
    return made_up.write(folder / "one"), made_up.write(folder / "other", later())
