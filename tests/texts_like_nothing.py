"""Names that programs take for a missing value, and that are nevertheless names."""

TEXTS_LIKE_NOTHING = ("nan", "NaN", "NA", "N/A", "null", "None", "NaT", "<NA>", "-", "#N/A", "nil", "inf")
