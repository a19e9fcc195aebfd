"""What a reader changes: filters, the day of as known on, the set of slides."""
