"""Publication: packages, deliveries, decisions, practice mode."""
