"""mulu 目录: from disclosure catalogs and published items in git to a site in which every entry opens onto its content."""

__version__ = "0.1.0"
