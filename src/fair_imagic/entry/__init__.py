"""What people type, read as terms of the model, and what they are shown of them.

Nobody else reads or prints a value. :func:`read` is the door in, :mod:`.shown` the door
out; the other modules named here are for who holds a text that is known to be of one
kind (a file's number, a DOI).
"""

from fair_imagic.entry.door import Temper, plain_value, read
from fair_imagic.entry.names import Candidate, Names, NoNames
from fair_imagic.entry.new_name import NewName, UnknownNameError
from fair_imagic.entry.reading import Option, Reading, Refusal, joined

__all__ = [
    "Candidate",
    "Names",
    "NewName",
    "NoNames",
    "Option",
    "Reading",
    "Refusal",
    "Temper",
    "UnknownNameError",
    "answers",
    "character",
    "choice",
    "contradiction",
    "day",
    "dye",
    "identifier",
    "joined",
    "licence",
    "limit",
    "number",
    "panel",
    "placeholder",
    "plain_value",
    "quantity",
    "read",
    "rounding",
    "shown",
    "sign",
    "term",
    "text",
    "thing",
    "told_name",
    "told_once",
    "unit",
]
