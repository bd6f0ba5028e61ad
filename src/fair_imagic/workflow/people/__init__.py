"""People, organisations and accounts."""
