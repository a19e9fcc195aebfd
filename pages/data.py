"""A visitor's own data: checking a file, comparing it with the published register, and previewing all pages with it.

This file only calls the page, which is in ``khoosheh/ui/pages``. Streamlit needs a file for each page: without one, a
link to the page fails on a new server, and ``AppTest.switch_page`` cannot open it.
"""

from khoosheh.ui import shell
from khoosheh.ui.pages import data

shell.render_page(data.render_data_page)
