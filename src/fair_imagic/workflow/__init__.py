"""Use cases, a room for each; a room imports only rooms named before it (pyproject)."""
