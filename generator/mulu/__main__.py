"""`python -m mulu` is the same program as `mulu`."""

from mulu.cli import main

main()
