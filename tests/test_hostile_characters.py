"""Characters that are not seen, or change what is seen around them: refused in whatever comes in, and written out."""

import json
import unicodedata

import pytest

from khoosheh import intake, register
from khoosheh.hidden_characters import HOSTILE, escape_hidden_characters
from testing import made_up

# kind: characters of it, from first to last
KINDS = {
    "tag letters": (0xE0000, 0xE007F), "selectors of variants": (0xE0100, 0xE01EF), "set aside beside them": (0xE01F0, 0xE0FFF),
    "annotation": (0xFFF9, 0xFFFB), "set aside before it": (0xFFF0, 0xFFF8), "overrides": (0x202A, 0x202E),
    "isolates": (0x2066, 0x2069), "deprecated formats": (0x206A, 0x206F), "invisible signs": (0x2061, 0x2064), "lines": (0x2028, 0x2029),
    "Mongolian": (0x180B, 0x180F), "fillers": (0x115F, 0x1160), "Khmer": (0x17B4, 0x17B5), "filler": (0x3164, 0x3164),
    "half filler": (0xFFA0, 0xFFA0), "grapheme joiner": (0x034F, 0x034F), "selectors": (0xFE00, 0xFE0D), "shorthand": (0x1BCA0, 0x1BCA3),
    "music": (0x1D173, 0x1D17A), "controls": (0x00, 0x08), "controls of C1": (0x80, 0x9F), "non-characters": (0xFDD0, 0xFDEF),
}  # fmt: skip
# used in texts of the two languages, or in emoji that people write
USED = "\u200c\u200d\u200e\u200f\u061c\u200b\u2060\u00ad\ufe0e\ufe0f\u00a0\u202f\t\n"


@pytest.mark.parametrize("kind", KINDS)
def test_every_character_of_a_kind_is_hostile_and_written_out(kind):
    first, last = KINDS[kind]
    for code in range(first, last + 1):
        assert HOSTILE.search(f"a{chr(code)}b"), hex(code)
        shown = escape_hidden_characters(f"a{chr(code)}b")
        assert f"{code:x}" in shown and not HOSTILE.search(shown) and shown.isprintable()


def test_what_texts_need_is_not():
    assert not HOSTILE.search(USED)
    letters = (chr(code) for code in range(0x30000) if unicodedata.category(chr(code))[0] in "LNPSM")
    refused = {one for one in letters if HOSTILE.search(one)}
    named = {chr(code) for first, last in KINDS.values() for code in range(first, last + 1)}
    assert refused <= named


@pytest.mark.parametrize("kind", ["tag letters", "selectors of variants", "annotation"])
def test_a_package_its_descriptor_and_a_table_with_one_are_refused(kind, tmp_path):
    sign = chr(KINDS[kind][0] + 1)
    rows = made_up.tables()
    rows["statements"][0]["claim_en"] += sign
    folder = made_up.write(tmp_path / "register", rows)
    (fault,) = register.check_package(folder)
    assert (fault.code, fault.field, fault.row) == ("hostile_text", "claim_en", 2)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    made_up.write(folder)
    described["title"] += sign
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert {one.code for one in register.check_package(folder)} == {"hostile_text"}
    sound = register.load_register(made_up.write(tmp_path / "sound"))
    given = tmp_path / "chains.csv"
    given.write_text(f"chain_id,seq,name_fa,name_en\ntea,1,چای{sign},Tea\nglass,2,شیشه,Glass\n", encoding="utf-8")
    found = intake.read_source(given, tmp_path / "package", "chains.csv", sound)
    assert "hostile_text" in {one.code for one in found.faults}
