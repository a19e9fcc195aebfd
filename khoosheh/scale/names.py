"""Names of a country that does not exist, in both languages; each says of itself that it is made up."""

import json
from functools import cache
from pathlib import Path

from khoosheh.persian import to_persian_digits

# A word that ends in one of these would run into the next one.
JOINING = "\u0646\u0645"
ZWNJ = "\u200c"

Names = tuple[str, str]


@cache
def words() -> dict:
    """Return the invented words: pairs of Persian and English, and the lists that tables are made of."""
    return json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))


def made_up(fa: str, en: str) -> Names:
    """Return a name in both languages, with the words that nobody may take it for a true one."""
    marks = words()["made_up"]
    return marks[0].format(fa), marks[1].format(en)


def stem(number: int) -> Names:
    """Return an invented name, the same for the same number; they repeat after 31."""
    stems = words()["stems"]
    return tuple(stems[number % len(stems)])


def province(number: int) -> Names:
    """Return the bare name of a province."""
    return tuple(one + ending for one, ending in zip(stem(number), words()["province_ending"], strict=True))


def county(province_: int, number: int) -> Names:
    """Return the bare name of a county; no two provinces have one of the same name."""
    fa, en = stem(province_ + 7 * number)
    ending_fa, ending_en = words()["county_endings"][number]
    return fa + (ZWNJ if fa[-1] in JOINING else "") + ending_fa, en + ending_en


def pattern(name: str, *pairs: Names) -> Names:
    """Return a pattern of the words, its places filled with pairs of names in order."""
    fa, en = words()[name][:2]
    return fa.format(*(one[0] for one in pairs)), en.format(*(one[1] for one in pairs))


def numbered(fa: str, en: str, number: int) -> Names:
    """Return a made-up name with a number in the digits of each language."""
    return made_up(f"{fa} {to_persian_digits(str(number))}", f"{en} {number}")


def both(stem_: str, names: Names) -> dict[str, str]:
    """Return the cells ``<stem>_fa`` and ``<stem>_en``."""
    return {f"{stem_}_fa": names[0], f"{stem_}_en": names[1]}
