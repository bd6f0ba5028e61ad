"""One setting of a target: its names, what it is for, and what it may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ADDRESS", "FOLDER", "START", "TEXT", "TargetSetting"]

TEXT = "text"
#: An address that the target calls: its host may be contacted.
ADDRESS = "address"
#: The start of addresses, which ends with a slash; nothing is called there.
START = "start"
#: A folder of this machine.
FOLDER = "folder"


@dataclass(frozen=True, kw_only=True)
class TargetSetting:
    """One setting of a target, written in its table ``[target.<token>]``.

    Parameters
    ----------
    name
        Its name in the table.
    text
        What it is for, in each language (``both("...")``; a plug-in writes the pair).
    default
        What holds where nobody says anything.
    kind
        What it may be: ``TEXT``, ``ADDRESS``, ``START`` or ``FOLDER``.
    required
        Whether the target is off without it.
    secret
        Whether it is never shown.
    plain
        Its name outside of the table: ``<token>_<name>`` unless it says otherwise.
    """

    name: str
    text: Mapping[str, str] = field(hash=False)
    default: str = ""
    kind: str = TEXT
    required: bool = False
    secret: bool = False
    plain: str = ""

    def plain_name(self, token: str) -> str:
        """Return the name on the top level of ``config.toml``: ``datacite_url``."""
        return self.plain or f"{token}_{self.name}".replace("-", "_")

    def variable(self, token: str) -> str:
        """Return the name of the environment variable."""
        return f"FAIR_IMAGIC_{self.plain_name(token).upper()}"

    def read(self, text: str, *, token: str) -> str:
        """Return the value that a text stands for.

        Raises ConfigurationError for a text that cannot be this setting.
        """
        if self.kind == START:
            return text.rstrip("/") + "/" if text else ""
        if not text:
            return text
        if self.kind == ADDRESS:
            parts = urlsplit(text)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                self._refuse(text, token, "https://...")
        if self.kind == FOLDER:
            path = Path(text).expanduser()
            if not path.is_absolute():
                self._refuse(text, token, _("the whole path of a folder"))
            return str(path)
        return text

    def _refuse(self, text: str, token: str, expected: str) -> None:
        raise ConfigurationError(
            _("Setting {name} cannot have this value").format(name=self.name),
            where=f"[target.{token}]",
            expected=expected,
            found=text,
        )
