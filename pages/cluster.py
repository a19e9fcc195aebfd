"""The cluster: its needs and their evidence, its firms, and which of them work together.

This file only calls the page, which is in ``khoosheh/ui/pages``. Streamlit needs a file for each page: without one, a
link to the page fails on a new server, and ``AppTest.switch_page`` cannot open it.
"""

from khoosheh.ui import shell
from khoosheh.ui.pages import cluster

shell.render_page(cluster.render_cluster_page)
