"""Changes: what became known between two days, by month and project.

This file only calls the page, which is in ``khoosheh/ui/pages``. Streamlit needs a file for each page: without one, a
link to the page fails on a new server, and ``AppTest.switch_page`` cannot open it.
"""

from khoosheh.ui import shell
from khoosheh.ui.pages import changes

shell.render_page(changes.render_changes_page)
