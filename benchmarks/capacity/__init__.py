"""Changes per second that one process, and two replicas behind nginx, answer, and processor time per change."""
