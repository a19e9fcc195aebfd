"""The error of exports, with its reason in the reader's language."""

from khoosheh.locale import format_message


class ExportError(Exception):
    """An export cannot be built. ``code``: key of the reason in the catalogue after 'export.refused.'."""

    def __init__(self, code: str, **places: object) -> None:
        """Create an error with the code of its reason and the values that its text contains."""
        super().__init__(f"{code}: {places}")
        self.code, self.places = code, places

    def words(self, lang: str) -> str:
        """Return the reason, and how to resolve it, in the reader's language."""
        return format_message(lang, f"export.refused.{self.code}", **self.places)
