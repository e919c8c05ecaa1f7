"""Sources: the work tree or a commit, text, YAML with the line of every key, front matter, Markdown."""
