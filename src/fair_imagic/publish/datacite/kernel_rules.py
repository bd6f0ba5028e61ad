"""Whatever DataCite's official schema refuses, by the kernel's table.

The table (``documents.datacite.kernel``) says which parts there are, how often, in
which order and of what. Each point cites the part and the kernel.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from fair_imagic.checks.point import nearest_words
from fair_imagic.documents.datacite.kernel import KERNELS, Spec, record_spec, words
from fair_imagic.publish.datacite.content import fits, later_kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points
    from fair_imagic.documents.datacite.part import Part

__all__ = ["kernel_points"]

# Where what is missing is told by the rules on values, in more fitting words.
_TOLD_THERE = ("", "creators", "titles")
_LANGUAGE = "xml:lang"
#: The attributes that XML itself brings: held to their own rules wherever they stand.
_OF_XML = Spec(_LANGUAGE, "@xml:lang, @xml:space", "of XML", 0, 1, "4.4")


def kernel_points(tree: Part, kernel: str, points: Points) -> Iterator[Finding]:
    """Yield what the schema of a kernel does not let stand as it is."""
    yield from _Judge(kernel, points).part(tree, record_spec())


@dataclass(frozen=True)
class _Judge:
    """The table at work on one record."""

    kernel: str
    points: Points

    def part(self, part: Part, spec: Spec) -> Iterator[Finding]:
        """Yield the points of an element and of everything in it."""
        yield from self._attributes(part, spec)
        if not spec.holds_parts:
            yield from self._leaf(part, spec)
            return
        if part.text.strip():
            yield self.make(
                "text-not-expected",
                message="There is a text where DataCite has only parts: {value}",
                repair="Move the text into the part that it belongs to",
                place=part.place,
                value=" ".join(part.text.split())[:200],
                spec=spec,
            )
        for one in part.parts:
            inner = spec.parts.get(one.name)
            if inner is None or inner.since > self.kernel:
                yield self._unknown(one.name, one.place, spec, inner)
            else:
                yield from self.part(one, inner)
        yield from self._numbers(part, spec)
        yield from self._order(part, spec)

    def _attributes(self, part: Part, spec: Spec) -> Iterator[Finding]:
        for name, text in part.attributes.items():
            inner = spec.attributes.get(name)
            place = _inside(part.place, name, attribute=True)
            if inner is None and spec.is_open and not _is_of_xml(name, text):
                yield from self._content(text, place, _OF_XML)
            elif inner is None or inner.since > self.kernel:
                yield self._unknown(name, place, spec, inner)
            elif not (name == _LANGUAGE and not text):
                yield from self._content(text, place, inner)
        for name, inner in spec.attributes.items():
            if inner.least and name not in part.attributes:
                yield self._missing(inner, part, spec)

    def _leaf(self, part: Part, spec: Spec) -> Iterator[Finding]:
        allowed = spec.parts if spec.content == "mixed" else {}
        for one in part.parts:
            if one.name not in allowed:
                yield self._unknown(one.name, one.place, spec, None)
            elif one.text or one.parts or one.attributes:
                yield self._unknown(one.text or one.name, one.place, spec, None)
        yield from self._content(part.text, part.place, spec)

    def _content(self, text: str, place: str, spec: Spec) -> Iterator[Finding]:
        if fits(spec.content, text, self.kernel):
            return
        if not spec.content.startswith("one of "):
            yield self.make(
                "wrong-form",
                message="{place} has a form that DataCite does not accept",
                repair="Report this: the record was built wrongly",
                place=place,
                value=text[:200],
                spec=spec,
            )
        elif later := later_kernel(spec.content, text):
            yield self.make(
                "word-of-later-kernel",
                message="{value} is a word of kernel {later}; the record names kernel "
                "{kernel}",
                repair="Name kernel {later} or a later one as the record’s schema",
                place=place,
                value=text,
                spec=spec,
                later=later,
            )
        else:
            yield self.make(
                "not-in-list",
                message="{place} is not a value that DataCite knows",
                repair="Choose one of DataCite's values",
                place=place,
                value=text[:200],
                spec=spec,
                expected=self._words(text, spec),
            )

    def _words(self, text: str, spec: Spec) -> str:
        listed = words(spec.content.removeprefix("one of "))
        return nearest_words(text, (w for w, s in listed.items() if s <= self.kernel))

    def _numbers(self, part: Part, spec: Spec) -> Iterator[Finding]:
        counts = Counter(one.name for one in part.parts)
        for name, inner in spec.parts.items():
            if counts[name] < inner.least and spec.path not in _TOLD_THERE:
                yield self._missing(inner, part, spec)
            elif (
                inner.most is not None
                and counts[name] > inner.most
                and spec.content != "any number"
            ):
                yield self.make(
                    "part-repeated",
                    message="{name} may stand there once only, and stands there "
                    "{count} times",
                    repair="Keep one of them",
                    place=_inside(part.place, name),
                    spec=inner,
                    name=name,
                    count=counts[name],
                )

    def _order(self, part: Part, spec: Spec) -> Iterator[Finding]:
        if spec.content != "in order":
            return
        order = list(spec.parts)
        places = [(order.index(p.name), p) for p in part.parts if p.name in spec.parts]
        for (before, _first), (number, one) in pairwise(places):
            if number < before:
                yield self.make(
                    "part-order",
                    message="{name} stands after a part that it must stand before",
                    repair="Write the parts in the order {order}",
                    place=one.place,
                    spec=spec,
                    name=one.name,
                    order=", ".join(order),
                )

    def _missing(self, inner: Spec, part: Part, spec: Spec) -> Finding:
        return self.make(
            "part-needed",
            message="{place} lacks {name} ({least} at least)",
            repair="Add {name}",
            place=part.place or part.name,
            spec=spec,
            name=inner.name,
            least=inner.least,
        )

    def _unknown(
        self, name: str, place: str, spec: Spec, later: Spec | None
    ) -> Finding:
        if later is not None:
            return self.make(
                "word-of-later-kernel",
                message="{value} is a word of kernel {later}; the record names kernel "
                "{kernel}",
                repair="Name kernel {later} or a later one as the record’s schema",
                place=place,
                value=name,
                spec=spec,
                later=later.since,
            )
        return self.make(
            "part-unknown",
            message="DataCite knows no {name} there, and drops or refuses it",
            repair="Correct the name, or take the entry out",
            place=place,
            spec=spec,
            # Where the schema of the XML lets anything stand, the JSON does not.
            must=not (spec.is_open and place.startswith("/")),
            name=name,
        )

    def make(
        self,
        code: str,
        *,
        message: str,
        repair: str,
        place: str,
        spec: Spec,
        value: str | None = None,
        must: bool = True,
        expected: str = "",
        **names: object,
    ) -> Finding:
        """Return a point that cites the part and the kernel."""
        clause = f"DataCite Metadata Schema {self.kernel}, {spec.path or spec.name}"
        point = self.points.make
        return point(
            code,
            message=message,
            repair=repair,
            place=place,
            value=value,
            must=must,
            clause=clause,
            expected=expected,
            kernel=self.kernel,
            **names,
        )


def _is_of_xml(name: str, text: str) -> bool:
    """Return whether an attribute of XML itself has a value that XML knows."""
    if name == "xml:space":
        return text in ("default", "preserve")
    return name != _LANGUAGE or not text or fits("language", text, KERNELS[-1])


def _inside(place: str, name: str, *, attribute: bool = False) -> str:
    """Return the place of a part, in the notation of the place around it."""
    if place.startswith("/"):
        return f"{place}/@{name}" if attribute else f"{place}/{name}"
    return f"{place}.{name}" if place else name
