"""What a governor or a journalist wants in ten seconds: how much money, which rank, how complete the chains."""

from khoosheh.ui import shell
from khoosheh.ui.pages import overview

shell.render_page(overview.render_overview)
