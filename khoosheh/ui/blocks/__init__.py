"""Parts of a page: one finding each, used by one page or several."""
