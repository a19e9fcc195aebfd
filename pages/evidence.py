"""Who said what, when and where; and what on the other pages rests on it."""

from khoosheh.ui import evidence, shell

shell.show(evidence.draw)
