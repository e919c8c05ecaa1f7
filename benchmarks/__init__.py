"""Measurements of mulu by itself; side-by-side runs against peers are a piece of work of their own."""
