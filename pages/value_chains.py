"""How complete each value chain is, stage by stage."""

from khoosheh.ui import shell
from khoosheh.ui.pages import value_chains

shell.render_page(value_chains.render_value_chains)
