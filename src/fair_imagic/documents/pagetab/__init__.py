"""PageTab: a BioStudies submission, as JSON or text, read and written."""
