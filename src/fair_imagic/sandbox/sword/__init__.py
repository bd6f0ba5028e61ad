"""A practice Software Heritage deposit server (SWORD 2) with true identifiers."""

from fair_imagic.sandbox.sword.account import PRACTICE, SwordPractice

__all__ = ["PRACTICE", "SwordPractice"]
