"""Controls that write to the address bar: filters, the day of 'as known on', the set of slides."""
