"""Formats dates for readers: names of months and seasons, short and long dates, intervals."""

from khoosheh.calendar.dates import JalaliDate
from khoosheh.calendar.months import LANGUAGES, MONTHS, SEASONS, WEEKDAYS
from khoosheh.digits import to_persian_digits

FROM_TO = {"fa": "از {first} تا {last}", "en": "{first} – {last}"}


def month_name(month: int, lang: str) -> str:
    """Return the name of a Jalali month (1..12)."""
    return MONTHS[month - 1][LANGUAGES[lang]]


def find_season(month: int) -> int:
    """Return the season of a Jalali month, 1 (spring) to 4; seasons are the quarters of the year."""
    return (month + 2) // 3


def season_name(number: int, lang: str) -> str:
    """Return the name of a season (1..4)."""
    return SEASONS[number - 1][LANGUAGES[lang]]


def weekday_names(lang: str) -> list[tuple[str, str]]:
    """Return the days of the week from Saturday, each as a letter or two and in full."""
    return list(WEEKDAYS[lang])


def format_date(date: JalaliDate, lang: str, style: str = "long") -> str:
    """Return '۱۱ تیر ۱۴۰۳' / '11 Tir 1403', or in short style '۱۴۰۳/۰۴/۱۱' / '1403-04-11'."""
    if style == "short":
        words = str(date).replace("-", "/") if lang == "fa" else str(date)
    else:
        name = [month_name(date.month, lang)] if date.month else []
        words = " ".join([str(date.day)] * bool(date.day) + name + [str(date.year)])
    return to_persian_digits(words) if lang == "fa" else words


def format_interval(first: JalaliDate, last: JalaliDate, lang: str) -> str:
    """Return 'از a تا b' / 'a – b', or one date where both are the same."""
    if first == last:
        return format_date(first, lang)
    return FROM_TO[lang].format(first=format_date(first, lang), last=format_date(last, lang))
