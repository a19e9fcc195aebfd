"""Slow, obvious versions of the measures. They share no code with the measures they check."""

from itertools import product


def still_holds(statement: dict, others: list[dict]) -> bool:
    """No other statement about the same thing was certainly said later."""
    return not any(other["said_first_day"] > statement["said_last_day"] for other in others)


def interval(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """What all pairs share; all that any of them covers where they share nothing."""
    low, high = max(low for low, _ in pairs), min(high for _, high in pairs)
    return (low, high) if low <= high else (min(low for low, _ in pairs), max(high for _, high in pairs))


def amounts(rows: list[dict]) -> dict[tuple, tuple[float, float, set]]:
    """Project, kind, unit -> low, high, ids. ``rows`` have converted ``amount_*``; a missing high is infinite."""
    found = {}
    for subject in {(row["project_id"], row["measure"], row["amount_unit"]) for row in rows}:
        same = [row for row in rows if (row["project_id"], row["measure"], row["amount_unit"]) == subject]
        whole = [row for row in same if not row["is_part"]]
        parts = [row for row in same if row["is_part"]]
        if whole:
            held = [row for row in whole if still_holds(row, whole)]
            low, high = interval([(row["amount_low"], row["amount_high"]) for row in held])
        else:
            held, low, high = parts, max(row["amount_low"] for row in parts), float("inf")
        found[subject] = (low, high, {row["statement_id"] for row in held})
    return found


def sums(rows: list[dict], group_of: dict[str, str]) -> dict[tuple, tuple[float, float, int, set]]:
    """Group, kind, unit -> sum of lows, sum of highs, projects, ids."""
    out = {}
    for (project, kind, unit), (low, high, ids) in amounts(rows).items():
        key = (group_of[project], kind, unit)
        before = out.get(key, (0, 0, 0, set()))
        out[key] = (before[0] + low, before[1] + high, before[2] + 1, before[3] | ids)
    return out


def stage(rows: list[dict], top: int) -> tuple[float, float, int]:
    """Lowest and highest rung of a stage, and how many subjects had a stated state."""
    subjects = {}
    for subject in {row["project_id"] for row in rows}:
        same = [row for row in rows if row["project_id"] == subject]
        subjects[subject] = interval([(row["low"], row["high"]) for row in same if still_holds(row, same)])
    if not subjects:
        return 0, top, 0
    lows, highs = zip(*subjects.values(), strict=True)
    return max(lows), max(highs), len(subjects)


def worlds(rungs: list[tuple[int, int]], top: int) -> dict[str, tuple[float, float]]:
    """Completion by trying every state that every stage could be in."""
    shares, readiness, runs = [], [], []
    for world in product(*(range(int(low), int(high) + 1) for low, high in rungs)):
        works = "".join("x" if rung == top else " " for rung in world)
        shares.append(works.count("x") / len(world))
        readiness.append(sum(world) / top / len(world))
        runs.append(max(len(run) for run in works.split(" ")))
    return {
        name: (min(v), max(v))
        for name, v in (("operating_share", shares), ("readiness", readiness), ("longest_run", runs))
    }


def climbs(field_size: int, places: int) -> tuple[set[int], set[int]]:
    """Every place before and after a climb that stays on the ladder."""
    pairs = [(before, before - places) for before in range(1, field_size + 1) if 1 <= before - places <= field_size]
    return {before for before, _ in pairs}, {after for _, after in pairs}


def months_between(first, last) -> tuple[int, int]:
    """Whole Jalali months from a day to another, down and up, by stepping; ``jdatetime`` dates."""
    sign = 1 if first <= last else -1
    start, end = (first, last) if sign == 1 else (last, first)

    def after(months: int):
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        length = max(day for day in (31, 30, 29) if _is_day(year, month + 1, day))
        whole = start.day == max(day for day in (31, 30, 29) if _is_day(start.year, start.month, day))
        return type(start)(year, month + 1, length if whole else min(start.day, length))

    steps = 0
    while after(steps + 1) <= end:
        steps += 1
    up = steps if after(steps) == end else steps + 1
    return (steps, up) if sign == 1 else (-up, -steps)


def _is_day(year: int, month: int, day: int) -> bool:
    import jdatetime

    try:
        jdatetime.date(year, month, day)
    except ValueError:
        return False
    return True


def verdict(promise: dict, others: list[dict], target: int, day) -> str:
    """What came of a promise of a state, by trying every world: each statement said on its first or last day.

    Statements have ``said`` (first, last), ``rungs`` (low, high) or nothing, ``deadline`` (low, high) or nothing.
    """
    reaching = [one for one in others if one["rungs"] and one["rungs"][0] >= target]
    reaching = [one for one in reaching if any(a >= b for a, b in product(one["said"], promise["said"]))]
    delaying = [one for one in others if one["rungs"] and one["rungs"][1] < target]
    later = [one for one in others if all(a > b for a, b in product(one["said"], promise["said"]))]
    if reaching:
        latest = max(min(world) for world in product(*(one["said"] for one in reaching)))
        before = [one for one in delaying if min(one["said"]) <= latest]
        earliest = min(max(world) for world in product(promise["said"], *(one["said"] for one in before)))
        if not promise["deadline"]:
            return "kept"
        tellings = {reached <= due for reached, due in product((earliest, latest), promise["deadline"])}
        certain = all(latest <= due for due in promise["deadline"])
        return "kept" if certain else "kept_late" if tellings == {False} else "kept_or_late"
    if not promise["deadline"]:
        return "no_date"
    for one in later:
        if one["deadline"] and one["target"] == target:
            signs = {(new > old) - (new < old) for new, old in product(one["deadline"], promise["deadline"])}
            if signs in ({1}, {-1}):
                return "moved"
    if any(all(a > due for a, due in product(one["said"], promise["deadline"])) for one in delaying):
        return "late"
    passed = {day > due for due in promise["deadline"]}
    return {frozenset({True}): "no_later_word", frozenset({False}): "open"}.get(frozenset(passed), "open_or_past")


def places(values: dict[str, float], highest: bool) -> dict[str, tuple]:
    """Each code's place, field, whether shared, and distances to the next better and worse value, by counting."""
    found = {}
    for code, value in values.items():
        better = [one for one in values.values() if (one > value if highest else one < value)]
        worse = [one for one in values.values() if (one < value if highest else one > value)]
        found[code] = (
            1 + len(better),
            len(values),
            list(values.values()).count(value) > 1,
            min((abs(one - value) for one in better), default=None),
            min((abs(one - value) for one in worse), default=None),
        )
    return found


def gap(supply: tuple, capacity: tuple, coefficient: tuple, steps: int = 6) -> tuple[float, float]:
    """The least and greatest of supply - capacity × coefficient, by trying points all over the three intervals."""
    grid = [
        [low + (high - low) * step / steps for step in range(steps + 1)]
        for low, high in (supply, capacity, coefficient)
    ]
    found = [a - b * c for a, b, c in product(*grid)]
    return min(found), max(found)


def firms_of(firms: list[dict], stages: list[dict], wanted: dict[str, set]) -> dict[str, set]:
    """Each firm that fits -> the stages that share a class with it, by comparing every class with every other."""
    found = {}
    for firm in firms:
        mine = (firm["isic4"] or "").split()
        shared = {
            s["stage_id"] for s in stages for one in mine for other in (s["isic4"] or "").split() if one == other
        }
        of_chains = {stage["chain_id"] for stage in stages if stage["stage_id"] in shared}
        says = {None: "not_stated", True: "yes", False: "no"}
        traits = {
            "counties": {firm["county_id"]}, "chains": of_chains, "isic": set(mine),
            "knowledge_based": {says[firm["is_knowledge_based"]]}, "exporting": {says[firm["exports"]]},
        }  # fmt: skip
        if all(not wanted.get(trait) or traits[trait] & wanted[trait] for trait in traits):
            found[firm["firm_id"]] = shared
    return found


def served(firms: list[dict], stage: dict) -> str:
    """Whether a stage has a firm, by trying both for each firm whose class nobody stated: it serves, or not."""
    if not stage["isic4"]:
        return "no_class"
    if not firms:
        return "no_firms"
    certain = any(set(firm["isic4"].split()) & set(stage["isic4"].split()) for firm in firms if firm["isic4"])
    worlds = {certain or some for some in ({True, False} if any(not firm["isic4"] for firm in firms) else {False})}
    return {frozenset({True}): "served", frozenset({False}): "gap"}.get(frozenset(worlds), "perhaps")
