"""Was it in time: of an entry, each of its periods, items and elements, as of a date and by the calendar alone."""
