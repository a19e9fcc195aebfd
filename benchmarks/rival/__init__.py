"""A Dash app of the pages of investment and promises: same figures, words and tables, as quick as we can make it.

It asks the same questions of the same register, draws the same figures with the same script, keeps them on the page
and changes them in place, and is served by gunicorn with what is loaded kept from being collected.
"""
