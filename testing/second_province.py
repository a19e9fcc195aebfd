"""A made-up register of Gilan, filled into the template as an office would fill it; nothing in it is true.

It has names instead of codes, Persian digits, dates with slashes, and Arabic letter forms.
"""

from pathlib import Path

import xlsxwriter
from python_calamine import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

ITEMS = {
    "استان": "گیلان", "روز گردآوری": "۱۴۰۵/۰۹/۰۱", "نام دفتر (فارسی)": "دفتر ساختگی گیلان، تنها برای آزمون",
    "نام دفتر (انگلیسی)": "Made-up register of Gilan, for tests only",
}  # fmt: skip
SHEETS = {
    "منابع": (
        ("شناسهٔ منبع", "شرح (فارسی)", "شرح (انگلیسی)", "ناشر (فارسی)", "ناشر (انگلیسی)", "انتشار از", "انتشار تا", "کیفیت"),
        ("paper-1", "گزارش ساختگی ۱", "Made-up report 1", "روزنامهٔ نمونه", "Sample Daily", "۱۴۰۲/۱۲/۰۱", "1402/12/29", "خبرگزاری، نقل مستقیم"),
        ("paper-2", "گزارش ساختگی ۲", "Made-up report 2", "روزنامهٔ نمونه", "Sample Daily", "1403", "1403", "document"),
    ),
    "زنجیره‌ها": (
        ("شناسهٔ زنجیره", "ترتیب", "نام فارسی", "نام انگلیسی"),
        ("rice", 1, "برنج", "Rice"),
        ("silk", "۲", "ابریشم", "Silk"),
    ),
    "حلقه‌ها": (
        ("شناسهٔ حلقه", "زنجیره", "ترتیب", "نام فارسی", "نام انگلیسی", "رده‌های ISIC", "تن ورودی بر تن محصول، کمینه", "تن ورودی بر تن محصول، بیشینه", "منبع ضریب"),
        ("paddy", "برنج", 1, "شالیزار", "Paddy", "0112", "", "", ""),
        ("mill", "برنج", 2, "شالی‌کوبی", "Milling", "1061", "۱٫۴", 1.6, "paper-1"),
        ("pack", "rice", 3, "بسته‌بندی", "Packing", "1061 8292", "", "", ""),
        ("cocoon", "silk", 1, "پیله", "Cocoon", "", "", "", ""),
        ("weave", "silk", 2, "بافت", "Weaving", "1312", "", "", ""),
    ),
    "شهرستان‌ها": (
        ("شناسهٔ شهرستان", "استان", "نام فارسی", "نام انگلیسی"),
        ("rasht", "گيلان", "رشت", "Rasht"),
        ("fuman", "IR-01", "فومن", "Fuman"),
    ),
    "طرح‌ها": (
        ("شناسهٔ طرح", "نام فارسی", "نام انگلیسی", "زنجیره", "حلقه", "استان", "شهرستان", "بخش (ISIC)"),
        ("big-mill", "شالی‌کوبی بزرگ", "Big mill", "برنج", "شالی‌کوبی", "گیلان", "رشت", "صنعت و ساخت"),
        ("field", "یکپارچه‌سازی شالیزار", "Paddy consolidation", "rice", "paddy", "گیلان", "فومن", "کشاورزی و آبیاری"),
        ("loom", "کارگاه ابریشم", "Silk workshop", "silk", "weave", "Gilan", "", "C"),
    ),
    "گفته‌ها": (
        ("شناسهٔ گفته", "منبع", "گفته‌شده از", "گفته‌شده تا", "استان", "حلقه", "طرح", "سنجه", "تنها بخشی از طرح", "مقدار کمینه", "مقدار بیشینه", "واحد", "وضعیت، دست‌کم", "وضعیت، دست‌بالا", "وضعیت وعده‌داده‌شده", "موعد از", "موعد تا", "وضعیت مشاهده (SDMX)", "گفته به بیان ما (فارسی)", "گفته به بیان ما (انگلیسی)"),
        ("G01", "paper-1", "۱۴۰۲/۱۲/۱۰", "۱۴۰۲/۱۲/۱۰", "گیلان", "", "big-mill", "سرمایه‌گذاری برنامه‌ریزی‌شده", "خیر", "۱٬۲۰۰", 1200, "میلیارد ریال", "", "", "", "", "", "عادی", "گفتهٔ ساختگی ۱", "Made-up 1"),
        ("G02", "paper-1", "1402-12", "1402-12", "گیلان", "", "شالی‌کوبی بزرگ", "هزینه‌شده تا آن روز", "", 300, 300, "bn_irr", "", "", "", "", "", "A", "گفتهٔ ساختگی ۲", "Made-up 2"),
        ("G03", "paper-1", "1402-12", "1402-12", "گیلان", "", "big-mill", "ظرفیت", "", "۶۰", "۶۰", "هزار تن در سال", "", "", "", "", "", "عادی", "گفتهٔ ساختگی ۳", "Made-up 3"),
        ("G04", "paper-1", "1402-12", "1402-12", "گیلان", "", "field", "ظرفیت", "", "۷۰", "۹۰", "هزار تن در سال", "", "", "", "", "", "عادی", "گفتهٔ ساختگی ۴", "Made-up 4"),
        ("G05", "paper-2", "1403", "1403", "گیلان", "", "big-mill", "وضعیت", "", "", "", "", "در حال ساخت", "در حال ساخت", "در حال بهره‌برداری", "۱۴۰۴", "۱۴۰۴", "عادی", "گفتهٔ ساختگی ۵", "Made-up 5"),
        ("G06", "paper-2", "1403", "1403", "گیلان", "", "field", "وضعیت", "", "", "", "", "operating", "operating", "", "", "", "عادی", "گفتهٔ ساختگی ۶", "Made-up 6"),
        ("G07", "paper-2", "1403", "1403", "گیلان", "", "loom", "اشتغال", "", 40, "", "شغل", "", "", "", "", "", "عادی", "گفتهٔ ساختگی ۷", "Made-up 7"),
        ("G08", "paper-2", "1403", "1403", "گیلان", "cocoon", "", "وضعیت", "", "", "", "", "آغاز نشده", "در حال ساخت", "", "", "", "عادی", "گفتهٔ ساختگی ۸", "Made-up 8"),
        ("G09", "paper-2", "1403", "1403", "گیلان", "", "loom", "سرمایه‌گذاری برنامه‌ریزی‌شده", "بله", "۵", "۷", "همت", "", "", "", "", "", "برآورد", "گفتهٔ ساختگی ۹", "Made-up 9"),
        ("G10", "paper-2", "۱۴۰۳/۰۷/۰۱", "۱۴۰۳/۰۷/۰۱", "گیلان", "", "big-mill", "پیشرفت فیزیکی", "", "۳۵", "۳۵", "درصد", "", "", "", "", "", "عادی", "گفتهٔ ساختگی ۱۰", "Made-up 10"),
        ("G11", "paper-2", "1403-07", "1403-07", "گیلان", "", "field", "سطح زیر پوشش", "", 900, 1000, "هکتار", "", "", "", "", "", "عادی", "گفتهٔ ساختگی ۱۱", "Made-up 11"),
        ("G12", "paper-2", "1403-07", "1403-07", "IR-01", "", "", "هدف یا برنامه", "", "", "", "", "", "", "", "", "", "عادی", "گفتهٔ ساختگی ۱۲", "Made-up 12"),
        ("G13", "paper-2", "1404-01", "1404-01", "گیلان", "", "loom", "پیشرفت فیزیکی", "", "۸۰", "۹۰", "درصد", "", "", "در حال بهره‌برداری", "1404-06", "1404-06", "عادی", "گفتهٔ ساختگی ۱۳", "Made-up 13"),
    ),
}  # fmt: skip
# sheet, row, heading, the mistaken value, the code of its fault
MISTAKES = (
    ("منابع", 2, "انتشار تا", "۱۴۰۲/۱۲/۳۰", "date_not_a_leap_year"),
    ("گفته‌ها", 3, "سنجه", "هزینه شده تا آن رزو", "constraint_enum"),
    ("گفته‌ها", 8, "گفته به بیان ما (انگلیسی)", None, "constraint_required"),
    ("گفته‌ها", 13, "شناسهٔ گفته", "G03", "primary_key"),
    ("گفته‌ها", 6, "طرح", "no-such-mill", "foreign_key"),
    ("گفته‌ها", 4, "مقدار کمینه", "حدود شصت", "type"),
    ("گفته‌ها", 10, "مقدار بیشینه", "۳", "low_above_high"),
    ("حلقه‌ها", 3, "تن ورودی بر تن محصول، کمینه", -1.4, "constraint_minimum"),
    ("طرح‌ها", 4, "استان", "IR-99", "foreign_key"),
    ("گفته‌ها", 11, "مقدار بیشینه", "NaN", "absurd_number"),
    ("گفته‌ها", 14, "موعد تا", "۱۴۰۴/۱۳/۰۱", "date_month_out_of_range"),
    ("حلقه‌ها", 2, "رده‌های ISIC", "11-2", "constraint_pattern"),
)


def fill(template: Path, file: Path, mistakes: tuple = ()) -> list[tuple[str, str, str]]:
    """Write the rows under the headings of a template; return sheet, cell and fault of each mistake."""
    book, places = load_workbook(template), []
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as filled:
        for name in book.sheet_names:
            sheet, rows = filled.add_worksheet(name), book.get_sheet_by_name(name).to_python()
            for row, line in enumerate(rows):
                sheet.write_row(row, 0, [None if cell == "" else cell for cell in line])
            for row, line in enumerate(rows):
                if name == "مشخصات":
                    sheet.write_string(row, 1, ITEMS[str(line[0]).removesuffix(" *")])
            headings = [str(cell).removesuffix(" *") for cell in rows[0]]
            known, *lines = SHEETS.get(name, ((),))
            cells: dict[tuple[int, int], object] = {
                (row, headings.index(str(heading))): value
                for row, line in enumerate(lines, 1)
                for heading, value in zip(known, line, strict=True)
            }
            for sheet_name, row, heading, value, code in mistakes:
                if sheet_name == name:
                    cells[row - 1, headings.index(heading)] = value
                    places.append((name, xl_rowcol_to_cell(row - 1, headings.index(heading)), code))
            for (row, column), value in cells.items():
                sheet.write(row, column, value or None)
    return places
