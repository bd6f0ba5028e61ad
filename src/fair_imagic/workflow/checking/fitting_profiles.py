"""The requirements that fit what a document describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import profiles
from fair_imagic.model import class_for, class_named
from fair_imagic.publish.registry import usual_profiles

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.checks import Profile
    from fair_imagic.model import RecordGraph

__all__ = ["fitting_profiles", "nodes_by_class"]


def fitting_profiles(graph: RecordGraph, *, extra: Path | None = None) -> list[Profile]:
    """Return the requirements about what a graph describes, the usual ones first.

    A class about which the usual ones say nothing gets all that speak about it;
    those of a folder ``extra`` are taken wherever they fit.
    """
    present = nodes_by_class(graph).keys()
    own = profiles.available()
    offered = profiles.available(extra)
    fit = [one for one in offered.values() if not present.isdisjoint(one.about)]
    chosen = [one for token in usual_profiles() for one in fit if one.token == token]
    covered = {name for profile in chosen for name in profile.about}
    for profile in fit:
        higher_tier = profile.token.startswith("nboq-tier-")
        new = covered.isdisjoint(profile.about) and not higher_tier
        if profile not in chosen and (new or profile.token not in own):
            chosen.append(profile)
    return chosen


def nodes_by_class(graph: RecordGraph) -> dict[str, list[str]]:
    """Return the nodes of each class that the model knows, kinds of it included."""
    nodes: dict[str, list[str]] = {}
    for node in graph.subjects:
        for name in graph.types(node):
            known = class_for(name)
            if known is not None:
                above = [class_named(one).iri for one in known.ancestors]
                for class_iri in (known.iri, *above):
                    nodes.setdefault(class_iri, []).append(node)
    return nodes
