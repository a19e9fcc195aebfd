"""How complete each value chain is, stage by stage."""

from khoosheh.ui import shell, value_chains

shell.show(value_chains.draw)
