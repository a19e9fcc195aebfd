"""A visitor's own data: checked to the cell, compared with what is published, looked at on every page."""

from khoosheh.ui import data, shell

shell.show(data.draw)
