"""What was judged, counted: the year's key tasks, deadlines ahead, the trend over quarters."""
