"""Microscope records: versions, files, changes, and the images that name them."""
