"""Where a value was written, kept with every value so that a rule can name the key and the engine finds the line."""

import msgspec

from mulu.files.yaml import Pointer


class Origin(msgspec.Struct, frozen=True, gc=False):
    """The file and the pointer of the value inside its YAML."""

    path: str
    pointer: Pointer = ()
