"""The script that draws figures is of the version that Plotly is made for, and can draw every figure there is."""

import re
from pathlib import Path

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs_version

from khoosheh import figures
from khoosheh.figures import plotly_bundle


def test_the_script_is_of_the_version_that_the_package_is_made_for():
    assert plotly_bundle.read_script_version() == get_plotlyjs_version()


def test_it_can_draw_every_kind_of_trace_that_a_figure_has():
    code = "".join(path.read_text(encoding="utf-8") for path in Path(figures.__file__).parent.rglob("*.py"))
    made = [getattr(go, name)() for name in set(re.findall(r"\bgo\.([A-Z]\w+)", code)) - {"Figure", "Layout"}]
    kinds = {one.type for one in made}
    assert kinds == {"bar", "scatter"}
