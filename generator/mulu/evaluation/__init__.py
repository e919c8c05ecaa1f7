"""What was judged, counted: the year's key tasks, covered or not."""
