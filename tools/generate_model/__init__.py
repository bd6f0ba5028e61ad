"""Build-time generators: from the LinkML schema to all that is generated from it."""
