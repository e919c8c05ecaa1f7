"""Measurements: a corpus of any size, mulu and its peers side by side (`run`), and where the time goes (`profile`)."""
