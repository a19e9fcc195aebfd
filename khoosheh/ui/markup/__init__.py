"""Text, HTML tables, links and the list of pages: what the screen is written in, without any state."""
