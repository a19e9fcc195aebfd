"""Names of the Jalali months and seasons: first the reading form, then other spellings that are understood."""

MONTHS = (
    ("فروردین", "Farvardin"),
    ("اردیبهشت", "Ordibehesht", "Ordibehest"),
    ("خرداد", "Khordad"),
    ("تیر", "Tir"),
    ("مرداد", "Mordad", "امرداد", "Amordad"),
    ("شهریور", "Shahrivar"),
    ("مهر", "Mehr"),
    ("آبان", "Aban"),
    ("آذر", "Azar"),
    ("دی", "Dey"),
    ("بهمن", "Bahman"),
    ("اسفند", "Esfand", "اسپند"),
)
SEASONS = (("بهار", "Spring"), ("تابستان", "Summer"), ("پاییز", "Autumn"), ("زمستان", "Winter"))
# from Saturday, with which the week begins: (short, long)
WEEKDAYS = {
    "fa": (("ش", "شنبه"), ("ی", "یکشنبه"), ("د", "دوشنبه"), ("س", "سه‌شنبه"), ("چ", "چهارشنبه"), ("پ", "پنجشنبه"),
           ("ج", "جمعه")),
    "en": (("Sa", "Saturday"), ("Su", "Sunday"), ("Mo", "Monday"), ("Tu", "Tuesday"), ("We", "Wednesday"),
           ("Th", "Thursday"), ("Fr", "Friday")),
}  # fmt: skip
LANGUAGES = {"fa": 0, "en": 1}
