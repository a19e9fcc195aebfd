"""What a governor or a journalist wants in ten seconds: how much money, which rank, how complete the chains."""

from khoosheh.ui import overview, shell

shell.show(overview.draw)
