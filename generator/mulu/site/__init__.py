"""From pages as data to files that a web server can give out."""
