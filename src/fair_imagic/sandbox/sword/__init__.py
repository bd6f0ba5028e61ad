"""A practice Software Heritage deposit server (SWORD 2) with true identifiers."""

from fair_imagic.sandbox.sword.service import Sword

__all__ = ["Sword"]
