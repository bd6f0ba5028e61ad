"""Images: import, file sets, their members, paths to their values."""
