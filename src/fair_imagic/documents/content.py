"""Content: what is in one file, looked at no further than it takes to know its kind."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Content", "NumberText", "refuse_utf_16"]

_HEAD_BYTES = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_MOST_LEVELS = 100
# <?xml, <!-- or a root element with a namespace: Turtle may start with <urn:x> too.
_XML = re.compile(rb"<(\?xml|!--|!DOCTYPE|[A-Za-z_][\w.:-]*\s[^>]*xmlns)")


class Content:
    """The bytes of one document, from a file or given, with their parsed forms.

    Nothing is read before it is asked for; a document larger than ``limit_mb`` is
    never read whole. Every parse error says line and column.
    """

    def __init__(
        self, name: str, *, path: Path | None = None, data: bytes = b"", limit_mb: int
    ) -> None:
        self.name = name
        self.path = path
        self._data = data
        self.limit_mb = limit_mb

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return len(self._data) if self.path is None else self.path.stat().st_size

    @cached_property
    def head(self) -> bytes:
        """Return the first bytes, without a byte order mark and white space."""
        if self.path is None:
            start = self._data[:_HEAD_BYTES]
        else:
            with self.path.open("rb") as stream:
                start = stream.read(_HEAD_BYTES)
        return start.removeprefix(_BOM).lstrip()

    @property
    def is_json(self) -> bool:
        """Return whether it looks like JSON (Turtle may start with ``[`` as well)."""
        start = self.head[:1]
        if start == b"[":
            rest = self.head[1:].lstrip()
            return rest[:1] in b'{["-0123456789' or rest.strip() == b"]"
        return start == b"{"

    @property
    def is_xml(self) -> bool:
        """Return whether it looks like XML, in UTF-8 or UTF-16."""
        head = self.head
        if head[:2] in _UTF_16:
            head = head.decode("utf-16", "replace").lstrip().encode()
        return _XML.match(head) is not None

    @property
    def is_zip(self) -> bool:
        """Return whether it is a ZIP archive."""
        return self.head.startswith(b"PK\x03\x04")

    @property
    def is_text(self) -> bool:
        """Return whether no byte at the start says that it is anything but text."""
        return b"\x00" not in self.head

    @cached_property
    def whole(self) -> bytes:
        """Return the whole document; InputError where it is larger than allowed."""
        return self.read(self.limit_mb, setting="document_max_mb")

    def read(self, limit_mb: int, *, setting: str) -> bytes:
        """Return the whole document without a byte order mark.

        Raises InputError where it is larger than a setting allows.
        """
        if self.size > limit_mb * 1_000_000:
            raise InputError(
                _("The document is too large to be checked"),
                where=self.name,
                expected=_("at most {limit} MB").format(limit=limit_mb),
                found=_("{size} MB").format(size=self.size // 1_000_000),
                hint=_("The setting {name} raises the limit.").format(name=setting),
            )
        data = self._data if self.path is None else self.path.read_bytes()
        return data.removeprefix(_BOM)

    @cached_property
    def text(self) -> str:
        """Return the document as text; InputError where it is not UTF-8."""
        return _decoded(self.whole, self.name)

    @cached_property
    def json(self) -> Any:
        """Return the JSON value, numbers with a fraction as they are written."""
        try:
            value = json.loads(
                self.text,
                parse_float=NumberText,
                parse_int=_integer,
                parse_constant=_no_number,
            )
            _refuse_half_characters(self.text, value)
        except json.JSONDecodeError as error:
            raise InputError(
                _("The document is not valid JSON"),
                where=f"{self.name}:{error.lineno}:{error.colno}",
                found=error.msg,
            ) from error
        except _NotJsonError as error:
            raise InputError(
                _("The document is not valid JSON"),
                where=self.name,
                found=str(error),
            ) from error
        except RecursionError:
            self._too_deep()
        if _deeper_than(value, _MOST_LEVELS):
            self._too_deep()
        return value

    @cached_property
    def xml(self) -> Any:
        """Return the root element (lxml); no entity is expanded, nothing fetched."""
        return parse_xml(self.whole, where=self.name)

    @property
    def root_name(self) -> str:
        """Return the name of the root element of XML, as ``{namespace}name``."""
        return str(self.xml.tag)

    def _too_deep(self) -> NoReturn:
        raise InputError(
            _("The document is nested too deeply"),
            where=self.name,
            expected=_("at most {count} levels").format(count=_MOST_LEVELS),
        )


class NumberText(str):
    """A number of JSON as it is written there: a text that rules know as a number."""

    __slots__ = ()


class _NotJsonError(ValueError):
    """What Python's reader takes, and JSON does not know."""


def _no_number(word: str) -> NoReturn:
    raise _NotJsonError(word)


def _refuse_half_characters(text: str, value: Any) -> None:
    """Raise _NotJsonError for half of a pair of escapes: it stands for no character."""
    if "\\ud" not in text and "\\uD" not in text:
        return
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise _NotJsonError(f"\\u{ord(error.object[error.start]):04x}") from error


def _integer(text: str) -> int | NumberText:
    # Python refuses to read numbers of thousands of digits.
    return int(text) if len(text) < 40 else NumberText(text)


def refuse_utf_16(data: bytes, name: str) -> None:
    """Raise InputError for a document in UTF-16 (or UTF-32)."""
    if data[:4] in _UTF_32:
        _refuse_coding("UTF-32", name)
    if data[:2] in _UTF_16:
        _refuse_coding("UTF-16", name)


def _refuse_coding(found: str, name: str) -> NoReturn:
    raise InputError(
        _("The document is not in UTF-8"),
        where=name,
        expected="UTF-8",
        found=found,
        hint=_("Save it again as UTF-8."),
    )


def _decoded(data: bytes, name: str) -> str:
    refuse_utf_16(data, name)
    if data[1:2] == b"\x00":
        _refuse_coding("UTF-16", name)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise InputError(
            _("The document is not in UTF-8"),
            where=f"{name}:{line}:{column}",
            expected="UTF-8",
            found=f"0x{data[error.start]:02X}",
            hint=_("Save it again as UTF-8."),
        ) from error


def _deeper_than(value: Any, levels: int) -> bool:
    """Return whether lists and objects are inside each other too often."""
    layer = [value]
    for _level in range(levels):
        layer = [part for one in layer for part in _parts(one)]
        if not layer:
            return False
    return True


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
