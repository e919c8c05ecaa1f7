"""A table as it is printed: rows of cells that span rows and columns."""

import msgspec


class Cell(msgspec.Struct, frozen=True):
    """`head` cells name, the others say; `blank` waits for a person, `fault` does not balance; a `long` text stands to the left.

    `link` is the address that the whole cell leads to; `hidden` is text that programs find and paper does not show.
    """

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False
    blank: bool = False
    fault: bool = False
    long: bool = False
    link: str = ""
    hidden: str = ""


Row = tuple[Cell, ...]


class Grid(msgspec.Struct, frozen=True):
    """A table: the first `top` rows stand at its head; `widths` are the columns' shares of the line."""

    label: str
    rows: tuple[Row, ...]
    top: int
    widths: tuple[int, ...]
