"""What every use case stands on: workspace, edits, authors, values typed and shown."""

__all__ = [
    "authors",
    "edits",
    "field",
    "label",
    "listing",
    "person_names",
    "record_labels",
    "shown_value",
    "typed_value",
    "workspace",
]
