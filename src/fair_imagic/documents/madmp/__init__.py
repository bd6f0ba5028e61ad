"""maDMP: a plan as JSON of the RDA DMP Common Standard, read and written."""

from fair_imagic.documents.madmp.dialect import Dialect, date_of, date_time
from fair_imagic.documents.madmp.plan import KIND
from fair_imagic.documents.madmp.vocabulary import LANGUAGES, ROOT, VERSIONS

__all__ = [
    "KIND",
    "LANGUAGES",
    "ROOT",
    "VERSIONS",
    "Dialect",
    "date_of",
    "date_time",
]
