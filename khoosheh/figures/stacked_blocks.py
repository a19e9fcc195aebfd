"""Figures of blocks, one below the other, each with axes of its own; heights are pixels.

A block has an axis of values and, counted downward from its top, an axis of pixels. Parts are plain dictionaries:
Plotly takes most of its time to validate them, and does so for the form for narrow screens only.
"""

from dataclasses import dataclass, field

from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure

MARGIN_PX = 10


@dataclass(frozen=True)
class Block:
    """A block: its place among the blocks from 1 on, its top, and its height in pixels."""

    number: int
    top: int
    height: int

    @property
    def x(self) -> str:
        """The name of its axis of values."""
        return f"x{self.number}" if self.number > 1 else "x"

    @property
    def y(self) -> str:
        """The name of its axis of pixels."""
        return f"y{self.number}" if self.number > 1 else "y"


@dataclass
class BlockFigure:
    """Collects blocks from top to bottom, with what is drawn in them."""

    theme: Theme
    at: int = 0
    traces: list[PlotlyProperties] = field(default_factory=list)
    shapes: list[PlotlyProperties] = field(default_factory=list)
    texts: list[PlotlyProperties] = field(default_factory=list)
    _blocks: list[tuple[Block, PlotlyProperties]] = field(default_factory=list)

    def add_block(self, height: int, x_axis: PlotlyProperties, below: int = 0) -> Block:
        """Add a block of ``height`` pixels, and ``below`` it some without anything, such as for ticks."""
        block = Block(len(self._blocks) + 1, self.at, height)
        self._blocks.append((block, x_axis))
        self.at += height + below
        return block

    def add_text(self, block: Block, words: str, y: float, **properties: object) -> None:
        """Add a text at the side where reading starts, its top at the pixel ``y`` of a block.

        ``words``: as Plotly takes them; ``properties``: of the annotation, in place of the usual ones.
        """
        rtl = self.theme.rtl
        usual: PlotlyProperties = {
            "x": 1 if rtl else 0, "xref": "paper", "xanchor": "right" if rtl else "left", "y": y, "yref": block.y,
            "yanchor": "top", "align": "right" if rtl else "left", "text": words, "showarrow": False, "borderpad": 0,
            "font": {"size": self.theme.letters(14), "color": self.theme.colour("text")},
        }  # fmt: skip
        self.texts.append({**usual, **properties})  # type: ignore[dict-item]

    def build_spec(self, alt: str) -> PlotlyProperties:
        """Return the figure as a dictionary of ``data`` and ``layout``."""
        empty = build_empty_figure(self.theme, height=self.at + 2 * MARGIN_PX, alt=alt)
        layout: PlotlyProperties = {
            **empty.to_plotly_json()["layout"], "annotations": self.texts, "shapes": self.shapes,
            "margin": dict.fromkeys("lrtb", MARGIN_PX),
        }  # fmt: skip
        for block, x_axis in self._blocks:
            ends = [1 - (block.top + block.height) / self.at, 1 - block.top / self.at]
            layout[f"xaxis{block.x[1:]}"] = {"fixedrange": True, "zeroline": False, **x_axis, "anchor": block.y}
            layout[f"yaxis{block.y[1:]}"] = {
                "domain": [max(0.0, ends[0]), ends[1]], "range": [block.height, 0], "visible": False,
                "fixedrange": True, "anchor": block.x,
            }  # fmt: skip
        return {"data": self.traces, "layout": layout}
