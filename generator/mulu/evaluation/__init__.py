"""What judged entries add up to."""
