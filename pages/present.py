"""Findings of the pages as slides, for rooms with a projector."""

from khoosheh.ui import shell
from khoosheh.ui.pages import present

shell.render_page(present.render_presentation)
