"""Names of months, seasons and days of the week.

They are here and not in the catalogues since dates are also parsed by them: the first two names of a month, Persian
and English, are shown, the others are spellings that are parsed as well.
"""

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
# from Saturday, the first day of the week: (short, long)
WEEKDAYS = {
    "fa": (("ش", "شنبه"), ("ی", "یکشنبه"), ("د", "دوشنبه"), ("س", "سه‌شنبه"), ("چ", "چهارشنبه"), ("پ", "پنجشنبه"),
           ("ج", "جمعه")),
    "en": (("Sa", "Saturday"), ("Su", "Sunday"), ("Mo", "Monday"), ("Tu", "Tuesday"), ("We", "Wednesday"),
           ("Th", "Thursday"), ("Fr", "Friday")),
}  # fmt: skip
# language -> place of its name in the tuples above
LANGUAGES = {"fa": 0, "en": 1}
