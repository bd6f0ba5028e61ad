"""The state of one record: what each source says now, and what prevails."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fair_imagic.catalogue.change import RECORD_REMOVED, REMOVED
from fair_imagic.catalogue.compression import pack, unpack
from fair_imagic.catalogue.line import path_of
from fair_imagic.model import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.catalogue.change import ChangeText
    from fair_imagic.catalogue.line import Line, Path

__all__ = ["Entry", "Held", "RecordState", "spoken_path"]

_WHOLE = f" {REMOVED} {RECORD_REMOVED} ."


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of the record, ready to be replayed; with the hash of its sheet."""

    change_id: int
    source_id: int
    level: int
    text: ChangeText
    sheet: str | None = None


class Held(NamedTuple):
    """Where an effective statement comes from."""

    source_id: int
    change_id: int
    place: str


class _Voice:
    """What one source says about the record, and when it last spoke of each path."""

    __slots__ = ("level", "lines", "spoken")

    def __init__(self, level: int) -> None:
        self.level = level
        self.lines: dict[Line, tuple[int, str]] = {}
        self.spoken: dict[Path, int] = {}


class RecordState:
    """What each source says about one record, replayed change by change.

    Per path the highest level that speaks prevails as a whole, and within a level
    the source that spoke last. A tombstone speaks without a value.
    """

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.replayed = 0
        self.change_id = 0
        #: The hash of the sheet: empty where there is none, or nothing in it.
        self.sheet = ""
        self.has_sheet = False
        self._voices: dict[int, _Voice] = {}
        # The first change is kept as it came: most records have one source only.
        self._single: Entry | None = None

    def replay(self, entry: Entry) -> None:
        """Take in the next change."""
        self.replayed += 1
        self.change_id = entry.change_id
        if entry.sheet is not None:
            self.sheet, self.has_sheet = entry.sheet, True
        if not self._voices and self._single is None and entry.text.is_plain:
            self._single = entry
            return
        self._unfold()
        self._speak(entry)

    def lines(self) -> list[Line]:
        """Return the effective lines."""
        if self._single is not None:
            return self._single.text.added
        return list(self.effective())

    def text(self) -> str:
        """Return the effective lines as one sorted text, each with its line end."""
        if self._single is None:
            return texts.text_of(self.effective())
        text = self._single.text.added_text
        return f"{text}\n" if text else ""

    def effective(self) -> dict[Line, Held]:
        """Return the effective lines, each with where it comes from."""
        self._unfold()
        if self.removed:
            return {}
        winners = self._winners()
        return {
            line: Held(source_id, change_id, place)
            for source_id, voice in self._voices.items()
            for line, (change_id, place) in voice.lines.items()
            # the path of a tombstone itself is never among the winners
            if winners.get(path_of(line)) == source_id
        }

    def lines_of(self, source_id: int) -> list[Line]:
        """Return what one source says now, tombstones included."""
        self._unfold()
        voice = self._voices.get(source_id)
        return [] if voice is None else list(voice.lines)

    def lines_by_source(self) -> dict[int, list[Line]]:
        """Return what each source says now, those that say nothing left out."""
        self._unfold()
        voices = self._voices.items()
        return {key: list(voice.lines) for key, voice in voices if voice.lines}

    @property
    def removed(self) -> bool:
        """Whether a source says that the whole record is removed."""
        line = f"<{self.iri}>{_WHOLE}"
        return any(line in voice.lines for voice in self._voices.values())

    def _winners(self) -> dict[Path, int]:
        best: dict[Path, tuple[int, int, int]] = {}
        for source_id, voice in self._voices.items():
            for path in _paths_of(voice):
                rank = (voice.level, voice.spoken[path], source_id)
                if rank > best.get(path, (-1, 0, 0)):
                    best[path] = rank
        return {path: rank[2] for path, rank in best.items()}

    def _unfold(self) -> None:
        if self._single is not None:
            entry, self._single = self._single, None
            self._speak(entry)

    def _speak(self, entry: Entry) -> None:
        voice = self._voices.get(entry.source_id)
        if voice is None:
            voice = self._voices[entry.source_id] = _Voice(entry.level)
        text, spoken, change_id = entry.text, voice.spoken, entry.change_id
        for line in text.removed:
            voice.lines.pop(line, None)
            spoken[spoken_path(line)] = change_id
        places = text.places or [""] * len(text.added)
        for line, place in zip(text.added, places, strict=True):
            voice.lines[line] = (change_id, place)
            spoken[spoken_path(line)] = change_id

    def packed(self) -> bytes:
        """Return the state as compressed bytes, for a checkpoint."""
        self._unfold()
        content = {
            str(source_id): {
                "level": voice.level,
                "lines": [[line, *held] for line, held in voice.lines.items()],
                "spoken": [[*path, last] for path, last in voice.spoken.items()],
            }
            for source_id, voice in self._voices.items()
        }
        return pack(json.dumps(content, ensure_ascii=False))

    @classmethod
    def unpacked(cls, iri: str, data: bytes, *, change_id: int) -> RecordState:
        """Return the state that a checkpoint holds."""
        state = cls(iri)
        state.change_id = change_id
        for source_id, content in json.loads(unpack(data)).items():
            voice = state._voices[int(source_id)] = _Voice(content["level"])
            voice.lines = {line: (at, place) for line, at, place in content["lines"]}
            voice.spoken = {(s, p): last for s, p, last in content["spoken"]}
        return state


def spoken_path(line: Line) -> Path:
    """Return the path that a line speaks of: a tombstone speaks of its value."""
    subject, predicate, value = line[:-2].split(" ", 2)
    return (subject, value if predicate == REMOVED else predicate)


def _paths_of(voice: _Voice) -> Iterator[Path]:
    return (spoken_path(line) for line in voice.lines)
