"""What the cluster needs and how that is evidenced; its firms, and who works with whom."""

from khoosheh.ui import shell
from khoosheh.ui.pages import cluster

shell.render_page(cluster.render_cluster_page)
