"""Publication sets, what they are made of, and what is said of them."""

__all__ = [
    "defaults",
    "editions",
    "methods",
    "publication_set",
    "published",
    "software",
]
