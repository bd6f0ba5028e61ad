"""What every use case stands on: workspace, edits, authors, the door, values shown."""

__all__ = [
    "authors",
    "contradictions",
    "door",
    "edits",
    "field",
    "label",
    "listing",
    "names",
    "person_names",
    "record_labels",
    "shown_value",
    "workspace",
]
