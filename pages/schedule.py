"""What was promised for when, and what came of it."""

from khoosheh.ui import shell
from khoosheh.ui.pages import commitments

shell.render_page(commitments.render_commitments)
