"""A practice BioStudies: sessions, user files, file lists and PageTab submissions."""

from fair_imagic.sandbox.biostudies.account import PRACTICE, BioStudiesPractice

__all__ = ["PRACTICE", "BioStudiesPractice"]
