"""Paper: tables of cells that span, and Word files from them. Knows nothing of catalogs or reports."""
