"""How complete each value chain is, stage by stage."""

from khoosheh.ui import shell, value_chains

value_chains.draw(shell.current())
