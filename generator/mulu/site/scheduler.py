"""Where a Dask cluster is asked for, and where its workers get the repository from."""

import msgspec


class Cluster(msgspec.Struct, frozen=True):
    """The Dask scheduler at `address`; workers fetch the commit from `source` (a remote's name, URL or path), or see the repository where it is."""

    address: str
    source: str = ""
