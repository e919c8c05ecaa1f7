"""The frozen values of the field, and how they are made from sources."""
