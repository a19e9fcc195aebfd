"""Why something cannot be exported, in the reader's language."""

from khoosheh.errors import KhooshehError


class ExportError(KhooshehError):
    """An export that cannot be made. ``code``: as in the catalogue after 'export.refused.'."""

    texts = ("export.refused.{code}",)
