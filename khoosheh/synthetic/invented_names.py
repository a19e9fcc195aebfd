"""Names of a country that does not exist, in both languages; each says of itself that it is made up."""

import json
from functools import cache
from pathlib import Path

from khoosheh.digits import to_persian_digits

# A word that ends in one of these would run into the next one.
JOINING = "\u0646\u0645"
ZWNJ = "\u200c"

Names = tuple[str, str]


@cache
def load_synthetic_words() -> dict:
    """Return the invented words: pairs of Persian and English, and the lists that tables are made of."""
    return json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))


def make_synthetic_name(fa: str, en: str) -> Names:
    """Return a name in both languages, with the words that nobody may take it for a true one."""
    marks = load_synthetic_words()["made_up"]
    return marks[0].format(fa), marks[1].format(en)


def pick_name_stem(number: int) -> Names:
    """Return an invented name, the same for the same number; they repeat after 31."""
    stems = load_synthetic_words()["stems"]
    return tuple(stems[number % len(stems)])


def make_bare_province_name(number: int) -> Names:
    """Return the bare name of a province."""
    return tuple(
        one + ending
        for one, ending in zip(pick_name_stem(number), load_synthetic_words()["province_ending"], strict=True)
    )


def make_bare_county_name(province_: int, number: int) -> Names:
    """Return the bare name of a county; no two provinces have one of the same name."""
    fa, en = pick_name_stem(province_ + 7 * number)
    ending_fa, ending_en = load_synthetic_words()["county_endings"][number]
    return fa + (ZWNJ if fa[-1] in JOINING else "") + ending_fa, en + ending_en


def fill_name_pattern(name: str, *pairs: Names) -> Names:
    """Return a pattern of the words, its places filled with pairs of names in order."""
    fa, en = load_synthetic_words()[name][:2]
    return fa.format(*(one[0] for one in pairs)), en.format(*(one[1] for one in pairs))


def make_numbered_name(fa: str, en: str, number: int) -> Names:
    """Return a made-up name with a number in the digits of each language."""
    return make_synthetic_name(f"{fa} {to_persian_digits(str(number))}", f"{en} {number}")


def make_bilingual_cells(stem_: str, names: Names) -> dict[str, str]:
    """Return the cells ``<stem>_fa`` and ``<stem>_en``."""
    return {f"{stem_}_fa": names[0], f"{stem_}_en": names[1]}
