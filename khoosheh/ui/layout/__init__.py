"""Parts that all pages use: headings, figures, tables with their sources, the print view, the draft banner."""
