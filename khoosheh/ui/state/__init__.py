"""State of a visit: the view, drafts, the loaded register, uploaded files, the queue of runs."""
