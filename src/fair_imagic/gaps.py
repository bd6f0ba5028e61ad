"""Known gaps: what a reader, processor, target, document or profile cannot do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import LANGUAGES, _, current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Gap"]

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a part cannot do: shown before its use, listed in the docs.

    Parameters
    ----------
    code
        Stable name, unique within the part: small letters, digits and hyphens.
    text
        One sentence for a person in each language (``both("...")`` of
        :mod:`fair_imagic.i18n`; a plug-in writes the pair itself).

    Raises
    ------
    ConfigurationError
        Where the code has another form or a language has no text.
    """

    code: str
    text: Mapping[str, str] = field(hash=False)

    def __post_init__(self) -> None:
        """Refuse what could not be cited or read."""
        if not _CODE.fullmatch(self.code):
            raise ConfigurationError(
                _("A known gap has no proper name"),
                found=self.code,
                expected=_("small letters, digits and hyphens"),
            )
        missing = [name for name in LANGUAGES if not self.text.get(name, "").strip()]
        if missing:
            raise ConfigurationError(
                _("The known gap {code} has no text in every language").format(
                    code=self.code
                ),
                expected=", ".join(LANGUAGES),
                found=", ".join(sorted(self.text)),
            )

    @property
    def shown(self) -> str:
        """The sentence in the language in use."""
        return self.text[current_language()]
