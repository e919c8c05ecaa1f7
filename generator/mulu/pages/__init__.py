"""What each page says: data only, no HTML."""
