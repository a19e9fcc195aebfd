"""Which place the province was said to have, and what that place says."""

from khoosheh.ui import ranking, shell

shell.show(ranking.draw)
