"""The frame around every page."""

import pytest
from streamlit import get_option

from khoosheh.locale import LANGUAGES
from khoosheh.ui import shell


@pytest.mark.parametrize("lang", LANGUAGES)
def test_styles_are_long_enough_to_be_sent_but_once(lang):
    assert len(shell._build_styles(lang).encode()) > get_option("global.minCachedMessageSize")
