"""DataCite metadata as JSON and XML, read and written."""
