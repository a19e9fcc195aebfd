"""What the cluster needs and how that is evidenced; its firms, and who works with whom."""

from khoosheh.ui import cluster, shell

shell.show(cluster.draw)
