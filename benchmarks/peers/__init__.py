"""The same items for other generators: their content files, their settings, and our frame as their base template."""
