"""Why something cannot be exported, in the reader's language."""

from khoosheh.locale import format_message


class ExportError(Exception):
    """An export that cannot be made. ``code``: as in the catalogue after 'export.refused.'."""

    def __init__(self, code: str, **places: object) -> None:
        """Keep the machine's name of the reason and what it names."""
        super().__init__(f"{code}: {places}")
        self.code, self.places = code, places

    def words(self, lang: str) -> str:
        """Return the reason and what to do."""
        return format_message(lang, f"export.refused.{self.code}", **self.places)
