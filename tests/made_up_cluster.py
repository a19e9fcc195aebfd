"""Twelve firms and fifteen links of the invented province, for tests of the cluster. Nothing in it is true."""

from testing import made_up

# id, Persian name, English name, classes, county, knowledge-based, exports, exports low and high, source
FIRMS = [
    ("f01", "مهندسان مشاور آب‌نما", "Abnama Consulting", "7110", "bala", "true", "true", 100000, 250000, "paper-1"),
    ("f02", "آزمون‌گستر", "Azmun Testing", "7120", "bala", "true", "false", "", "", "paper-1"),
    ("f03", "پژوهش‌سرای صنعت نو", "New Industry Research", "7210", "pain", "true", "", "", "", "paper-1"),
    ("f04", "نرم‌افزار ساوالان‌نما", "Savalan Software", "6201", "bala", "true", "true", 5000, "", "paper-1"),
    ("f05", "پیمانکاری راه و سد", "Road and Dam Contractors", "4220 4290", "pain", "false", "", "", "", "paper-1"),
    ("f06", "کارخانهٔ چای بالا", "Bala Tea Factory", "1079", "bala", "false", "true", "", "", "paper-1"),
    ("f07", "باغداران نمونه", "Sample Growers", "0127", "bala", "false", "false", "", "", "paper-1"),
    ("f08", "شیشهٔ پایین", "Pain Glass", "2310", "pain", "", "true", 7, 7, "paper-1"),
    ("f09", "ماشین‌سازی دشت", "Dasht Machines", "2829 7110", "pain", "", "", "", "", "paper-1"),
    ("f10", "بازرگانی دوردست", "Far Trade", "", "", "", "true", "", "", "paper-1"),
    ("f11", "بسته‌بندی برگ سبز", "Green Leaf Packing", "8292", "pain", "false", "", "", "", "paper-2"),
    ("f12", "شرکت مهندسی و بازرسی فنی و صنعتی شمال باختر نمونستان", "North-West Engineering and Technical Inspection Company of Nemunestan", "7110 7120", "bala", "true", "", "", "", "paper-1"),
]  # fmt: skip
PAIRS = [
    ("f01", "f05", "supplies"), ("f02", "f05", "supplies"), ("f03", "f04", "joint_project"), ("f04", "f06", "supplies"),
    ("f07", "f06", "supplies"), ("f06", "f11", "subcontracts"), ("f09", "f06", "supplies"), ("f09", "f08", "supplies"),
    ("f10", "f08", "other"), ("f10", "f06", "other"), ("f12", "f01", "joint_venture"), ("f12", "f02", "joint_project"),
    ("f05", "f01", "joint_project"), ("f03", "f09", "joint_project"), ("f02", "f08", "supplies"),
]  # fmt: skip
# f11, which packs, is known from a later source; glass-3 has no class
CLASSES = {"tea-1": "0127", "tea-2": "1079", "tea-3": "1071", "glass-1": "0810", "glass-2": "2310"}
FIELDS = (
    "firm_id", "name_fa", "name_en", "isic4", "county_id", "is_knowledge_based", "exports",
    "export_value_usd_per_year_low", "export_value_usd_per_year_high", "source_id",
)  # fmt: skip


def tables() -> dict[str, list[dict]]:
    """Return fresh rows of the made-up package with these firms and links."""
    found = made_up.tables()
    found["firms"] = [dict(zip(FIELDS, row, strict=True)) for row in FIRMS]
    found["links"] = [
        {"link_id": f"K{place:02}", "firm_id": one, "partner_firm_id": other, "kind": kind, "source_id": "paper-1"}
        for place, (one, other, kind) in enumerate(PAIRS, 1)
    ]
    for stage in found["stages"]:
        stage["isic4"] = CLASSES.get(stage["stage_id"], "")
    found["sources"][1] |= {"published_from": "1402-10-01", "published_to": "1402-10-01", "address": ""}
    return found
