"""A fault of the program: told as one, and never with the status of "points to fix"."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

import click

from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["FAULT", "FaultsTold"]

#: What sysexits.h calls EX_SOFTWARE; Python's own status would be 1.
FAULT = 70


class FaultsTold:
    """Leave with a status of its own where something raises that nobody expected."""

    def __enter__(self) -> None:
        """Begin to watch."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell a fault with its trace, for the report of whoever meets it."""
        if not isinstance(error, Exception):
            return
        traceback.print_exception(error)
        told = FairImagicError(
            _("This is a fault of the program, not of your data"),
            found=f"{type(error).__name__}: {error}",
            hint=_("Report it with the lines above. What is done is kept."),
        )
        click.secho(str(told), fg="red", err=True)
        sys.exit(FAULT)
