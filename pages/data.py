"""A visitor's own data: checked to the cell, compared with what is published, looked at on every page."""

from khoosheh.ui import shell
from khoosheh.ui.pages import data

shell.render_page(data.render_data_page)
