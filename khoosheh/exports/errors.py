"""The error of exports, with its reason in the reader's language."""

from khoosheh.errors import KhooshehError


class ExportError(KhooshehError):
    """An export cannot be built. ``code``: key of the reason in the catalogue after 'export.refused.'."""

    texts = ("export.refused.{code}",)
