"""How many changes a second one process answers, and two replicas behind nginx; what one change costs."""
