"""A practice BioStudies: sessions, user files, file lists and PageTab submissions."""

from fair_imagic.sandbox.biostudies.service import BioStudies

__all__ = ["BioStudies"]
