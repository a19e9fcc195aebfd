"""A Dash app of the pages of investment and promises, with the same figures, texts and tables, tuned for speed.

It queries the same register, draws the same figures with the same script, updates them in place, and is served by
gunicorn, with loaded objects excluded from garbage collection.
"""
