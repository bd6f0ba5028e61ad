"""Raw facts are kept with their places."""

from __future__ import annotations

from fair_imagic.catalogue import Fact


def test_facts_come_back_by_part_in_their_order(catalogue, say):
    source = say.source("a.tif")
    one = (Fact("Image/Name", "Zelle é", None, "ome:1"), Fact("b", "2.0", "µm", "tag"))
    catalogue.keep_facts(source, {"https://x.org/image/1": one, "": ()})
    assert catalogue.facts(source.iri) == {"": (), "https://x.org/image/1": one}


def test_facts_of_a_file_that_is_read_again_are_replaced(catalogue, say):
    source = say.source("a.tif")
    for value in ("1", "2"):
        catalogue.keep_facts(source, {"": [Fact("k", value, None, "p")]})
    assert catalogue.facts(source.iri) == {"": (Fact("k", "2", None, "p"),)}


def test_an_unknown_source_has_no_facts(catalogue):
    assert catalogue.facts("https://x.org/none") == {}


def test_facts_of_many_sources_are_read_together(catalogue, say):
    sources = [say.source(f"{number}.tif") for number in range(3)]
    for source in sources[:2]:
        catalogue.keep_facts(source, {"": [Fact("k", source.label, None, "p")]})
    found = catalogue.facts_of([source.iri for source in sources])
    assert found == {
        sources[0].iri: {"": (Fact("k", sources[0].label, None, "p"),)},
        sources[1].iri: {"": (Fact("k", sources[1].label, None, "p"),)},
        sources[2].iri: {},
    }
