"""Markdown, HTML tables, addresses and the list of pages; nothing here depends on the state of a visit."""
