"""What a visit depends on besides its page: the view, previews, the loaded register, uploads, the queue of runs."""
