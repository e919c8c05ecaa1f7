"""Search: a static index of character pairs, and the same rules to read it in Python."""
