"""Figures: pure functions from rows of measures to Plotly figures. No other package imports Plotly.

A figure draws intervals as intervals, and marks what was not stated. Its texts are arguments or come from the
catalogue; it computes no values. ``layout.meta["alt"]`` has its description for screen readers, and
``layout.meta["wide"]``, where it exists, the same figure for wide screens.
"""
