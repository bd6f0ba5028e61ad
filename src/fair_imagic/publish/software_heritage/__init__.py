"""Deposits of processing scripts at Software Heritage."""

from fair_imagic.publish.software_heritage.swhid import directory_swhid
from fair_imagic.publish.software_heritage.target import TARGET

__all__ = ["TARGET", "directory_swhid"]
