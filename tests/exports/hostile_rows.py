"""Texts that do harm where they are taken for something else; all of them may stand in a sound register."""

from testing import made_up

FORMULA = '=HYPERLINK("http://x.example","press")+cmd|\' /C calc\'!A0'
TEXTS = (
    FORMULA, "+1+2", "-2-3", "@SUM(A1)", "{=1+1}", "<script>alert(1)</script> & 'x' \"y\" ]]>", "_x0041_", "a,b\n\"c\";d\te",
    "javascript:alert(1)", "internal:'x'!A1", "file:///etc/passwd", "#REF!", "0012", "1E5", "TRUE", "ی" * 40_000,
)  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)", "file:///etc/passwd", "internal:Sheet1!A1", "external:c:\\x.xlsx", "https://example.org/<b>",
    "https://example.org/a b", "http://example.org/" + "x" * 3000, "HTTPS://EXAMPLE.ORG/", "https://example.org/نشانی",
    "=1+1", "https://example.org/#a'b",
)  # fmt: skip


def rows() -> dict[str, list[dict]]:
    """Return the made-up register with a hostile text in every place that takes free text."""
    found = made_up.tables()
    source = found["sources"][0]
    found["sources"] += [
        {**source, "source_id": f"bad-{place}", "address": address} for place, address in enumerate(ADDRESSES)
    ]
    for place, row in enumerate(found["statements"]):
        worst = TEXTS[place % len(TEXTS)]
        row |= {name: worst for name in ("claim_fa", "claim_en", "speaker_fa", "speaker_en", "value_printed")}
        row["source_id"] = f"bad-{place % len(ADDRESSES)}"
    for table in (
        "projects",
        "chains",
        "stages",
        "counties",
        "provinces",
        "indicators",
        "requirements",
        "firms",
        "life_cycle",
    ):
        for place, row in enumerate(found[table]):
            row |= {name: TEXTS[place % len(TEXTS)] for name in ("name_fa", "name_en")}
    return found
