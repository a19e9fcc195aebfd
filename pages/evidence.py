"""Evidence: all statements with speaker, day and source, and the findings that use them.

This file only calls the page, which is in ``khoosheh/ui/pages``. Streamlit needs a file for each page: without one, a
link to the page fails on a new server, and ``AppTest.switch_page`` cannot open it.
"""

from khoosheh.ui import shell
from khoosheh.ui.pages import evidence

shell.render_page(evidence.render_evidence_page)
