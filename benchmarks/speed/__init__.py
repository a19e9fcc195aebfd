"""Waiting times in a real browser, compared with an empty page and with a Dash app."""
