"""Names of the made-up country in both languages; each states that it is made up."""

import json
from functools import cache
from pathlib import Path

from khoosheh.digits import to_persian_digits

# letters that join the following one: an ending is separated from them by a ZWNJ
JOINING = "\u0646\u0645"
ZWNJ = "\u200c"

Names = tuple[str, str]


@cache
def load_synthetic_words() -> dict:
    """Return ``words.json``: invented words as pairs of Persian and English, and the lists behind the tables."""
    return json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))


def make_synthetic_name(fa: str, en: str) -> Names:
    """Return a name in both languages, with the words that mark it as made up."""
    marks = load_synthetic_words()["made_up"]
    return marks[0].format(fa), marks[1].format(en)


def pick_name_stem(number: int) -> Names:
    """Return the invented name of a number; names repeat after as many as ``words.json`` has."""
    stems = load_synthetic_words()["stems"]
    fa, en = stems[number % len(stems)]
    return fa, en


def make_bare_province_name(number: int) -> Names:
    """Return the name of a province without the words that mark it as made up."""
    (fa, en), (ending_fa, ending_en) = pick_name_stem(number), load_synthetic_words()["province_ending"]
    return fa + ending_fa, en + ending_en


def make_bare_county_name(province: int, number: int) -> Names:
    """Return the name of a county without the words that mark it as made up; it is unique among all provinces."""
    fa, en = pick_name_stem(province + 7 * number)
    ending_fa, ending_en = load_synthetic_words()["county_endings"][number]
    return fa + (ZWNJ if fa[-1] in JOINING else "") + ending_fa, en + ending_en


def fill_name_pattern(name: str, *pairs: Names) -> Names:
    """Return a pattern of ``words.json`` in both languages, filled in with names in order."""
    fa, en = load_synthetic_words()[name][:2]
    return fa.format(*(name_fa for name_fa, _ in pairs)), en.format(*(name_en for _, name_en in pairs))


def make_numbered_name(fa: str, en: str, number: int) -> Names:
    """Return a name with a number, in the digits of each language, and the words that mark it as made up."""
    return make_synthetic_name(f"{fa} {to_persian_digits(str(number))}", f"{en} {number}")


def make_bilingual_cells(field: str, names: Names) -> dict[str, str]:
    """Return the cells ``<field>_fa`` and ``<field>_en``."""
    return {f"{field}_fa": names[0], f"{field}_en": names[1]}
