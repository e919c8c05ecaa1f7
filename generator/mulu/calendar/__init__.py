"""Working days: arithmetic over catalogs/calendar, by dates alone."""
