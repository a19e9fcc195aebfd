"""Parts that every page uses: headings, figures, tables with their sources, the print view, the preview banner."""
