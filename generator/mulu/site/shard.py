"""A share of a site that is made in several runs."""

import msgspec


class Shard(msgspec.Struct, frozen=True):
    """Share `number` (from 1) of `of` shares: every `of`-th chunk of the site."""

    number: int
    of: int

    @property
    def last(self) -> bool:
        """Whether it is the share that holds what closes the site, and the search index."""
        return self.number == self.of

    def __call__(self, chunk: int) -> bool:
        """Whether the chunk of that number (from 0) is in this share."""
        return chunk % self.of == self.number - 1
