"""How much money was said to be planned, allocated, spent or needed, for what."""

from khoosheh.ui import shell
from khoosheh.ui.pages import investment

shell.render_page(investment.render_investment_page)
