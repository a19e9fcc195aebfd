"""Measures: pure functions from checked tables to small tables.

Here belongs arithmetic on statements. Here does not belong: reading files, words for readers, charts.

Every measure takes and gives narwhals frames (any eager engine) and returns, row by row, ``low`` and ``high``
(missing ``high``: 'at least'; both missing: 'not stated'), ``known`` and ``of`` (how many of how many), and
``statement_ids`` (ids of the statements behind the row, blank-separated, sorted).
"""
