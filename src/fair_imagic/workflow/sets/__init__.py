"""Publication sets, what they are made of, and what is said of them."""
