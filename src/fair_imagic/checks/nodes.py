"""What the checked statements say about a node: its kind, its name, its owner."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from fair_imagic.entry.choice import name_in_title
from fair_imagic.entry.panel import panel_words
from fair_imagic.i18n import LANGUAGES, in_languages
from fair_imagic.model import Image, PublicationSet
from fair_imagic.model.image_name import addresses, labels, names_in
from fair_imagic.rdf import PREFIXES, expand, record_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fair_imagic.checks.profile import Profile
    from fair_imagic.model import Snapshot
    from fair_imagic.model.image_name import ImageName
    from fair_imagic.rdf import Term

__all__ = ["Nodes"]

_RDF_TYPE = PREFIXES["rdf"] + "type"
_LABELS = tuple(
    expand(name)
    for name in (
        "dcterms:title",
        "foaf:name",
        "nboq:name",
        "nboq:channelName",
        "fi:path",
        "nboq:model",
        "fi:softwareName",
        "schema:name",
    )
)
_IMAGE = f"<{Image.class_iri}>"
_POINT = expand("fi:measurementPoint")
_PANEL = (expand("fi:figure"), expand("fi:panelLabel"))


class Nodes:
    """The nodes of a snapshot, their classes with superclasses, and their labels."""

    def __init__(
        self, snapshot: Snapshot, superclasses: Mapping[str, frozenset[str]]
    ) -> None:
        self.root = snapshot.root
        self._graph = snapshot.graph
        self._context = snapshot.context_subjects
        self._superclasses = superclasses

    def types(self, node: str) -> list[str]:
        """Return the classes that are written for a node."""
        return sorted(term[1:-1] for term in self._graph.kinds.get(f"<{node}>", ()))

    def classes(self, node: str) -> frozenset[str]:
        """Return the classes of a node and all that they are kinds of."""
        found = set(self.types(node))
        for name in tuple(found):
            found |= self._superclasses.get(name, frozenset())
        return frozenset(found)

    @functools.cache  # noqa: B019 - lives as long as one check
    def kind(self, node: str) -> str:
        """Return the class of the model that a node is of, the narrowest; or nothing.

        The images of a collection are looked at as a publication set.
        """
        from fair_imagic.model import class_for

        known = filter(None, map(class_for, self.types(node)))
        found = {one.name: one for one in known}
        if PublicationSet.__name__ in found:
            return PublicationSet.__name__
        return max(found, key=lambda name: len(found[name].ancestors), default="")

    def is_known(self, class_iri: str) -> bool:
        """Return whether the model has this class."""
        from fair_imagic.model import class_for

        return class_for(class_iri) is not None or class_iri in self._superclasses

    def of_class(self, class_iri: str) -> list[str]:
        """Return the nodes of a class or of a kind of it."""
        kinds = [n for n, above in self._superclasses.items() if class_iri in above]
        found = {
            s for name in (class_iri, *kinds) for s in self._graph.subjects_of(name)
        }
        return sorted(found)

    def values(self, node: str, path: str) -> list[Term]:
        """Return the values of a node's property."""
        return self._graph.values(node, path)

    def path_of(self, node: str, value: Term) -> str:
        """Return the property under which a node has a value; empty where none."""
        found = [p for _s, p, o in self._graph.describe(node) if o == value]
        return text_of(min(found)) if found else ""

    def in_scope(self, node: str, profile: Profile, wanted: frozenset[str]) -> bool:
        """Return whether a profile may say something about a node.

        Context is only looked at; it gets findings of its own where the profile names
        its class, or the class of the record that it is a part of.
        """
        if node not in self._context:
            return True
        scope = profile.scope | (wanted if not profile.about else frozenset())
        classes = self.classes(node) | self.classes(record_of(node))
        return not scope.isdisjoint(classes)

    @functools.cache  # noqa: B019 - lives as long as one check
    def labels(self, node: str) -> Mapping[str, str]:
        """Return :meth:`label` in every language."""
        return self._in_languages(lambda: self.label(node), node, record_of(node))

    def names(self, node: str) -> Mapping[str, str]:
        """Return :meth:`name` in every language."""
        return self._in_languages(lambda: self.name(node), node)

    def _in_languages(self, words: Callable[[], str], *nodes: str) -> dict[str, str]:
        # only the name of a measuring point, and the kind of a part, have a translation
        if any("#" in one and not self.name(one) for one in nodes) or any(
            any(self._graph.values(one, _POINT)) for one in nodes
        ):
            return in_languages(words)
        return dict.fromkeys(LANGUAGES, words())

    def label(self, node: str) -> str:
        """Return what people call a node: its name, with its record's where it has one.

        Falls back to the end of the IRI.
        """
        own = self.name(node)
        record = record_of(node)
        if record == node:
            if self._is_image(node):
                return self._image_labels.get(node) or own
            return own or node.rstrip("/").rpartition("/")[2]
        part = own or self._kind(node) or node.rpartition("#")[2]
        return f"{self.label(record)} / {part}"

    def _kind(self, node: str) -> str | None:
        from fair_imagic.model.part_name import part_name

        figures, letters = (
            [text_of(one) for one in self._graph.values(node, path)] for path in _PANEL
        )
        panel = panel_words(next(iter(figures), ""), next(iter(letters), ""))
        return panel or part_name(node, self._graph.types(node))

    def file(self, node: str) -> str:
        """Return file and series of the image that a node is or belongs to."""
        record = record_of(node)
        return self._addresses.get(record, "") if self._is_image(record) else ""

    def _is_image(self, record: str) -> bool:
        return _IMAGE in self._graph.kinds.get(f"<{record}>", ())

    @functools.cached_property
    def _images(self) -> tuple[ImageName, ...]:
        return names_in(self._graph)

    @functools.cached_property
    def _image_labels(self) -> dict[str, str]:
        """The titles of images, told apart by their files where one comes twice."""
        return labels(self._images)

    @functools.cached_property
    def _addresses(self) -> dict[str, str]:
        return addresses(self._images)

    def name(self, node: str) -> str:
        """Return the name that is written for a node; empty where there is none."""
        name = next(filter(None, self._names(node)), "")
        for point in self._graph.values(node, _POINT):
            name = name_in_title(name, text_of(point))
        return name

    def _names(self, node: str) -> Iterator[str]:
        for path in _LABELS:
            for term in sorted(self._graph.values(node, path)):
                if not term.startswith("<"):
                    # Vendors pad names with tabs and spaces.
                    yield " ".join(text_of(term).split())
