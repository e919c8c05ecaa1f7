"""Open data: /data/v1/ with its schemas and checksums, site maps, and the plain text of every item; planned beside the pages."""
