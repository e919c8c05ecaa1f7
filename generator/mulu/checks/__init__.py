"""One rule = one small function, one code, one page (explain/CODE.md)."""
