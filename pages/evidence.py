"""Who said what, when and where; and what on the other pages rests on it."""

from khoosheh.ui import shell
from khoosheh.ui.pages import evidence

shell.render_page(evidence.render_evidence_page)
