"""Tables as people keep them: CSV, TSV, Excel and OpenDocument."""
