"""One proof for each known gap of a kind of document: an input that has it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.documents import Content, kinds
from fair_imagic.errors import InputError
from fair_imagic.workflow.checking.check_files import check_path, kind_of_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fair_imagic.workflow.checking.check_files import Checked

    Proof = Callable[["Bench"], None]

__all__ = ["PROOFS", "Bench"]


@dataclass(frozen=True)
class Bench:
    """A folder to write documents into, and a good one of each kind."""

    folder: Path
    examples: Mapping[str, Any]

    def example(self, token: str) -> Any:
        """Return the parsed JSON of a good document."""
        content = self.examples[token]
        return json.loads(
            content if isinstance(content, bytes) else json.dumps(content)
        )

    def write(self, name: str, content: Any) -> Path:
        """Write JSON, text or bytes."""
        path = self.folder / name
        if isinstance(content, dict | list):
            content = json.dumps(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def check(self, content: Any, name: str = "document") -> Checked:
        return check_path(self.write(name, content))

    def points(self, content: Any, name: str = "document") -> list[tuple[str, object]]:
        """Return code and value of the points of a document."""
        report = self.check(content, name).report
        return sorted((one.code, str(one.value)) for one in report.findings)

    def is_silent(self, token: str, changed: Any) -> None:
        """A change that is wrong gives no point that a good document has not."""
        assert self.points(changed) == self.points(self.examples[token])


def _other_entities(bench: Bench) -> None:
    crate = bench.example("ro-crate")
    crate["@graph"][2] |= {"contentSize": "much", "dateModified": "yesterday"}
    bench.is_silent("ro-crate", crate)


def _special_crates(bench: Bench) -> None:
    crate = bench.example("ro-crate")  # a process run without a process
    crate["@graph"][1]["conformsTo"] = {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
    bench.is_silent("ro-crate", crate)


def _crate_addresses(bench: Bench) -> None:
    crate = bench.example("ro-crate")
    crate["@graph"][1]["hasPart"] = [{"@id": "https://example.org/none.tif"}]
    crate["@graph"][2]["@id"] = "https://example.org/none.tif"
    checked = bench.check(crate, "ro-crate-metadata.json")
    assert checked.report.findings == ()
    assert any("web address" in one for one in checked.remarks)


def _crate_1_0(bench: Bench) -> None:
    crate = bench.example("ro-crate")
    missing = [("ro-crate/file-missing", "images/a.tif")]
    assert bench.points(crate, "ro-crate-metadata.json") == missing
    assert bench.points(crate, "ro-crate-metadata.jsonld") == []


def _codemeta_properties(bench: Bench) -> None:
    software = bench.example("codemeta") | {"codeRepository": "nowhere", "funding": []}
    bench.is_silent("codemeta", software)


def _codemeta_prefix(bench: Bench) -> None:
    software = bench.example("codemeta")
    software["schema:name"] = software.pop("name")
    added = set(bench.points(software)) - set(bench.points(bench.examples["codemeta"]))
    assert any("title" in code for code, _value in added)


def _costs(bench: Bench) -> None:
    plan = bench.example("madmp")
    plan["dmp"]["cost"] = [{"title": "None", "value": -5, "currency_code": "EUR"}]
    plan["dmp"]["dataset"][0]["security_and_privacy"] = [{"title": "none at all"}]
    checked = bench.check(plan)
    assert any("Costs" in one for one in checked.remarks)
    bench.is_silent("madmp", plan)


def _plan_addresses(bench: Bench) -> None:
    plan = bench.example("madmp")
    plan["dmp"]["dmp_id"] = {"identifier": "https://doi.org/10.1234/no", "type": "doi"}
    bench.is_silent("madmp", plan)


def _lists_elsewhere(bench: Bench) -> None:
    text = bench.examples["pagetab"].decode().replace("file_list_images_1", "none")
    checked = bench.check(text)
    assert any("file lists" in one for one in checked.remarks)
    bench.is_silent("pagetab", text)


def _terms(bench: Bench) -> None:
    submission = bench.example("pagetab")
    qualified = [
        one
        for section in submission["section"]["subsections"]
        for one in section["attributes"]
        if "valqual" in one
    ]
    assert qualified
    for one in qualified:
        one["valqual"] = [{"name": "TermId", "value": "no such term"}]
    bench.is_silent("pagetab", submission)


def _files_inside(bench: Bench) -> None:
    submission = bench.example("pagetab")
    submission["section"]["files"] = [{"path": "../up  and away"}]
    bench.is_silent("pagetab", submission)


def _listed_files(bench: Bench) -> None:
    assert bench.points(bench.examples["file-list"]) == []
    assert [one.name for one in bench.folder.iterdir()] == ["document"]


def _columns(bench: Bench) -> None:
    assert bench.points("Files\tPixel size X (um)\na.tif\tred\n") == []


def _excel_list(bench: Bench) -> None:
    from openpyxl import Workbook

    book, stream = Workbook(), io.BytesIO()
    book.active.append(["Files"])
    book.active.append(["a.tif"])
    book.save(stream)
    assert kind_of_path(bench.write("file_list.xlsx", stream.getvalue())) is None


def _record(bench: Bench, **more: object) -> Any:
    record = bench.example("datacite-json")
    record["data"]["attributes"] |= more
    return record


def _added(bench: Bench) -> None:
    record = _record(bench, state="lost", citationCount="red")
    bench.is_silent("datacite-json", record)
    assert bench.points(_record(bench, mood="lost")) != []  # what nobody knows is told


def _record_addresses(bench: Bench) -> None:
    record = _record(bench, url="https://example.org/none")
    bench.is_silent("datacite-json", record)


def _older_kernel(bench: Bench) -> None:
    kernel_3 = (  # which lets the type of resource be left out
        '<resource xmlns="http://datacite.org/schema/kernel-3">'
        '<identifier identifierType="DOI">10.5072/a</identifier>'
        "<creators><creator><creatorName>Martin, Ada</creatorName></creator></creators>"
        "<titles><title>Nuclei</title></titles><publisher>Facility</publisher>"
        "<publicationYear>2014</publicationYear></resource>"
    )
    checked = bench.check(kernel_3)
    assert "datacite/types-needed" in {one.code for one in checked.report.findings}
    assert any("kernel 3" in one for one in checked.remarks)


def _markup(bench: Bench) -> None:
    text = bench.examples["datacite-xml"].decode()
    changed = text.replace("</description>", "<br/>!</description>", 1)
    assert changed != text
    bench.is_silent("datacite-xml", changed)


def _other_models(bench: Bench) -> None:
    with pytest.raises(InputError, match="describes nothing"):
        bench.check("@prefix d: <http://www.w3.org/ns/dcat#> . <urn:a> a d:Dataset .")


def _named_parts(bench: Bench) -> None:
    statement = "<urn:a> a <https://w3id.org/fair-imagic/terms/PublicationSet> ."
    rdf = next(kind for kind in kinds() if kind.token == "rdf")
    texts = (statement, f"<urn:one> {{ {statement} }} <urn:two> {{ {statement} }}")
    plain, named = (
        rdf.read(Content(name, data=text.encode(), limit_mb=1)).triples
        for name, text in zip(("a.ttl", "a.trig"), texts, strict=True)
    )
    assert set(named) == set(plain)


def _contexts(bench: Bench) -> None:
    document = {"@context": "https://example.org/context", "@id": "urn:a", "name": "x"}
    with pytest.raises(InputError, match="nothing is fetched"):
        bench.check(document)


def _notations(bench: Bench) -> None:
    page = '<html vocab="http://schema.org/"><p typeof="Dataset">x</p></html>'
    assert kind_of_path(bench.write("page.html", page)) is None


def _drawings(bench: Bench) -> None:
    checked = bench.check("BENCH NOTE\nTitle: Nuclei\nDay: 2026-11-22\nDrawing: ?\n")
    assert checked.report.findings == ()
    assert any("Drawings" in one for one in checked.remarks)


PROOFS: dict[tuple[str, str], Proof] = {
    ("ro-crate", "other-entities"): _other_entities,
    ("ro-crate", "rules-of-special-crates"): _special_crates,
    ("ro-crate", "addresses-not-opened"): _crate_addresses,
    ("ro-crate", "files-of-version-1-0"): _crate_1_0,
    ("codemeta", "other-properties"): _codemeta_properties,
    ("codemeta", "names-with-prefix"): _codemeta_prefix,
    ("madmp", "costs-and-measures"): _costs,
    ("madmp", "addresses-not-opened"): _plan_addresses,
    ("pagetab", "file-lists-not-opened"): _lists_elsewhere,
    ("pagetab", "terms-not-judged"): _terms,
    ("pagetab", "files-passed-over"): _files_inside,
    ("file-list", "files-not-looked-for"): _listed_files,
    ("file-list", "columns-not-judged"): _columns,
    ("file-list", "excel-not-read"): _excel_list,
    ("datacite-json", "what-datacite-adds"): _added,
    ("datacite-json", "addresses-not-opened"): _record_addresses,
    ("datacite-xml", "older-kernels"): _older_kernel,
    ("datacite-xml", "markup-in-texts"): _markup,
    ("rdf", "other-models"): _other_models,
    ("rdf", "names-of-parts"): _named_parts,
    ("rdf", "contexts-not-fetched"): _contexts,
    ("rdf", "other-notations"): _notations,
    ("bench-note", "drawings"): _drawings,
}
