"""Topics: a folder for each topic of the programme, with its findings, each declared once.

A finding has a name, a query for its rows, and functions for their sentences, tables, slides and figure. Arithmetic
belongs to :mod:`khoosheh.measures`, drawing to :mod:`khoosheh.figures`, layout to the pages and exports.
"""
