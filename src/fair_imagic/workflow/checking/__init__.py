"""The check: what is looked at, under which requirements, and what was decided."""
