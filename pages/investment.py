"""How much money was said to be planned, allocated, spent or needed, for what."""

from khoosheh.ui import investment, shell

shell.show(investment.draw)
