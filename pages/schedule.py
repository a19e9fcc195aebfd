"""Schedule: promises with their deadlines and outcomes.

This file only calls the page, which is in ``khoosheh/ui/pages``. Streamlit needs a file for each page: without one, a
link to the page fails on a new server, and ``AppTest.switch_page`` cannot open it.
"""

from khoosheh.ui import shell
from khoosheh.ui.pages import commitments

shell.render_page(commitments.render_commitments)
