"""Measures: pure functions from checked tables to small tables.

Here belongs arithmetic on statements. Here does not belong: reading files, words for readers, charts.

Measures take narwhals frames (those of engines too) and return narwhals data frames, whose rows are declared beside
them as ``TypedDict`` (see :mod:`khoosheh.measures.rows`). Most rows have ``low`` and ``high`` (``high`` missing: 'at
least'; both missing: 'not stated'), ``known`` and ``of`` (how many of how many), and ``statement_ids`` (ids of the
statements that the row is computed from, blank-separated, sorted).
"""
