"""What every use case stands on: workspace, edits, authors, values typed and shown."""
