"""The errors that FAIR Imag'IC raises, one tree.

::

    FairImagicError
    ├── InputError                 what the user gave cannot be used
    │   ├── UnreadableFileError    a file that cannot be read as what it claims
    │   └── TooMuchError           it takes more time or memory than it may
    ├── NotFoundError              a name that stands for nothing
    ├── ConflictError              somebody else changed, or holds, the same thing
    ├── ConfigurationError         a setting is missing or impossible
    ├── ExternalToolError          another program failed
    ├── RemoteError                an archive's service
    │   ├── RemoteUnavailableError no usable answer: what happened there is unknown
    │   └── RemoteRefusedError     a clear no
    └── Cancelled                  the user stopped the work

A *finding* (a fact about somebody's metadata) is never an error: see
:mod:`fair_imagic.checks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from fair_imagic.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Cancelled",
    "ConfigurationError",
    "ConflictError",
    "ExternalToolError",
    "FairImagicError",
    "InputError",
    "NotFoundError",
    "RemoteError",
    "RemoteRefusedError",
    "RemoteUnavailableError",
    "TooMuchError",
    "UnreadableFileError",
]


class FairImagicError(Exception):
    """Any error of this package: what, where, expected, found, what to do next."""

    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        message: str,
        *,
        where: str = "",
        expected: str = "",
        found: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.expected = expected
        self.found = found
        self.hint = hint

    def __str__(self) -> str:
        """Return the message and its parts, one line each."""
        parts = (
            (_("where"), self.where),
            (_("expected"), self.expected),
            (_("found"), self.found),
            (_("what to do"), self.hint),
        )
        line = _("{label}: {text}")
        lines = [f"  {line.format(label=a, text=b)}" for a, b in parts if b]
        return "\n".join([self.message, *lines])


class InputError(FairImagicError):
    """What the user gave cannot be used."""


class UnreadableFileError(InputError):
    """A file that cannot be read as what it claims to be."""

    def __init__(
        self,
        path: Path,
        reason: str,
        *,
        expected: str = "",
        found: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(
            _("{name} cannot be read: {reason}").format(name=path.name, reason=reason),
            where=str(path),
            expected=expected,
            found=found,
            hint=hint,
        )
        self.path = path
        self.reason = reason


class TooMuchError(InputError):
    """What the user asked for takes more time or memory than it may take here."""


class NotFoundError(FairImagicError):
    """A name that stands for nothing."""


class ConflictError(FairImagicError):
    """Somebody else changed, or holds, the same thing."""


class ConfigurationError(FairImagicError):
    """A setting is missing or impossible."""


class ExternalToolError(FairImagicError):
    """Another program failed or is missing."""


class RemoteError(FairImagicError):
    """An archive's service did not do what was asked."""

    def __init__(
        self,
        message: str,
        *,
        where: str = "",
        status: int | None = None,
        body: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, where=where, found=body[:2000], hint=hint)
        self.status = status
        self.body = body


class RemoteUnavailableError(RemoteError):
    """No usable answer came: whether the request was carried out is unknown."""


class RemoteRefusedError(RemoteError):
    """The service understood the request and refused it."""


class Cancelled(FairImagicError):
    """The user stopped the work."""

    exit_code: ClassVar[int] = 130
