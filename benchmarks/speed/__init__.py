"""How long a reader waits, in a real browser, beside an empty page and beside a rival."""
