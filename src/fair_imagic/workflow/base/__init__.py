"""What every use case stands on: workspace, edits, authors, values typed and shown."""

__all__ = [
    "authors",
    "edits",
    "field",
    "label",
    "listing",
    "record_labels",
    "shown_value",
    "typed_value",
    "workspace",
]
