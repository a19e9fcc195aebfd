"""Which place the province was said to have, and what that place says."""

from khoosheh.ui import shell
from khoosheh.ui.pages import ranking

shell.render_page(ranking.render_ranking_page)
