"""Findings of the pages as slides, for rooms with a projector."""

from khoosheh.ui import present, shell

shell.show(present.draw)
