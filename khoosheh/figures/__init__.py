"""Figures: pure functions from a measure's rows to a Plotly figure. The only room that imports Plotly.

A figure draws an interval as an interval, and what was not stated as not stated. Its words are given to it or
come from the catalogue; it computes nothing. ``layout.meta["alt"]`` holds its description for screen readers.
"""
