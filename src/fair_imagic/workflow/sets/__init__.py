"""Publication sets, what they are made of, and what is said of them."""

__all__ = [
    "defaults",
    "deliveries",
    "editions",
    "listing",
    "methods",
    "publication_set",
    "software",
]
