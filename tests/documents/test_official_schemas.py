"""Mutants of every good example: the official schema is the judge of our verdict."""

from __future__ import annotations

import functools
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))
from mutations import Mutant, agreement_on, json_mutants, sample, xml_mutants

from fair_imagic.documents import Content, kind_of
from fair_imagic.documents.datacite.kernel import words
from fair_imagic.documents.madmp.standard import clauses
from fair_imagic.documents.madmp.standard import words as words_of_plans
from fair_imagic.errors import InputError
from fair_imagic.workflow.checking.check_files import check_data
from fair_imagic.workflow.checking.document import document_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mutations import Judge

    from fair_imagic.checks import Finding
    from fair_imagic.documents.madmp.standard import Clause

KERNELS = ("4.4", "4.5", "4.6", "4.7")
VERSIONS = ("1.0", "1.1", "1.2")


def ours(name: str) -> Judge:
    """Return our verdict: the codes of obligatory points, or an error's message."""

    def judge(data: bytes) -> str:
        content = Content(name, data=data, limit_mb=64)
        try:
            kind = kind_of(content)
            # The rules about the format alone are faster; all others, where they pass.
            findings = document_of(kind, content).findings if kind else ()
            if not _codes(findings):
                findings = check_data(data, name=name).report.findings
        except InputError as error:
            return error.message.replace(" ", "-")
        return _codes(findings)

    return judge


def _codes(findings: Iterable[Finding]) -> str:
    return " ".join(sorted({one.code for one in findings if one.severity == "must"}))


@functools.cache
def _kernel_schema(path: Path) -> Any:
    return etree.XMLSchema(etree.parse(str(path)))


def kernel_judge(folder: Path) -> Judge:
    schema = _kernel_schema(folder / "metadata.xsd")

    def judge(data: bytes) -> str:
        if schema.validate(etree.fromstring(data)):
            return ""
        return str(schema.error_log[0].message)

    return judge


def shown(figures: Any, *, stricter: set[str]) -> None:
    """Hold the figures to the promise: nothing missed, stricter only as documented.

    An empty text where a value is obligatory passes the schemas, and is none.
    """
    assert figures.missed == []
    beyond = {one for one in figures.stricter if not one.endswith("-needed")}
    assert beyond <= stricter, figures.text


#: What DataCite's documentation asks beside the schema, or what cannot be true.
BEYOND_THE_KERNEL = {
    "datacite/date-wrong",  # W3CDTF and RKMS-ISO8601, property 8
    "datacite/doi-needed",  # 10.x/y with the characters that the service takes
    "datacite/empty-text",  # of what is obligatory
    "datacite/orcid-wrong",  # check digit
    "datacite/part-needed",  # nameIdentifierScheme, property 2.4.a: occurrence 1
    "datacite/publicationyear-needed",  # a year that is none
    "datacite/ror-wrong",  # check digits
    "datacite/wrong-form",  # identifiers of the type that they claim
}


@pytest.mark.budget(60, "mutants of official examples")
@pytest.mark.parametrize("kernel", KERNELS)
def test_what_the_kernel_refuses_is_refused(
    shared: Path, kernel: str, pytestconfig: pytest.Config
) -> None:
    judge = kernel_judge(shared / f"reference/datacite/xsd/kernel-{kernel}")
    mutants: list[Mutant] = []
    for path in sorted(
        (shared / f"reference/datacite/examples/kernel-{kernel}").glob("*.xml")
    ):
        data = naming_kernel(path.read_bytes(), kernel)
        assert judge(data) == "", path.name
        assert ours(path.name)(data) == "", path.name
        mutants += xml_mutants(path.name, data)
    chosen = sample(mutants, 4000 if pytestconfig.getoption("--full") else 120)
    figures = agreement_on(
        f"DataCite kernel {kernel}", chosen, judge=judge, ours=ours("x.xml")
    )
    shown(figures, stricter=BEYOND_THE_KERNEL)


def naming_kernel(data: bytes, kernel: str) -> bytes:
    """Return a record that names a version as its schema: some name only kernel 4."""
    root = etree.fromstring(data)
    location = f"https://schema.datacite.org/meta/kernel-{kernel}/metadata.xsd"
    root.set(
        "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
        f"http://datacite.org/schema/kernel-4 {location}",
    )
    return etree.tostring(root)


#: What cannot be true whatever the schema lets pass, and what is missing in truth.
BEYOND_THE_STANDARD = {
    "madmp/identifier-wrong",  # an identifier of the type that it claims
    "madmp/value-wrong",  # addresses: the format of 1.2 does not exist; e-mail
}


# What jsonschema checks only beside packages that are not here, written once more.
def _is_time(value: object) -> bool:
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    if not isinstance(value, str):
        return True
    return bool(re.fullmatch(form, value) and datetime.fromisoformat(value))


def _is_uri(value: object) -> bool:
    form = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`%]*"
    return not isinstance(value, str) or re.fullmatch(form, value) is not None


@functools.cache
def standard_judge(path: Path) -> Judge:
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    checker = jsonschema.FormatChecker(("date", "email"))
    checker.checks("date-time", ValueError)(_is_time)
    checker.checks("uri")(_is_uri)
    validator = kind(schema, format_checker=checker)

    def judge(data: bytes) -> str:
        error = next(validator.iter_errors(json.loads(data)), None)
        return "" if error is None else f"{error.json_path} {error.message[:150]}"

    return judge


@pytest.mark.budget(60, "mutants of official examples")
@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_version_of_the_standard_refuses_is_refused(
    shared: Path, version: str, pytestconfig: pytest.Config
) -> None:
    folder = shared / "reference/dmp/rda-dcs"
    judge = standard_judge(folder / f"schema/maDMP-schema-{version}.json")
    mutants: list[Mutant] = []
    for path in sorted((folder / "examples").glob("*.json")):
        value = naming_version(json.loads(path.read_text(encoding="utf-8")), version)
        data = json.dumps(value).encode()
        if judge(data) or ours("x.json")(data):
            continue  # not good by this version; or by us, an address that is none
        mutants += json_mutants(path.name, value)
    chosen = sample(mutants, 4000 if pytestconfig.getoption("--full") else 120)
    figures = agreement_on(f"maDMP {version}", chosen, judge=judge, ours=ours("x.json"))
    shown(figures, stricter=BEYOND_THE_STANDARD)


def naming_version(document: Any, version: str) -> Any:
    """Return an example that names a version, with identifiers that can be true.

    The examples give 0000-0000-0000-0000 as ORCID, which we refuse, and one host a DOI
    where the standard wants an address.
    """
    schema = f"JSON-schema/{version}/maDMP-schema-{version}.json"
    if version == "1.1":  # closed at the root: the plan names it
        document.pop("$schema")
        document["dmp"]["schema"] = schema
    else:
        document["$schema"] = schema
    text = json.dumps(document).replace("0000-0000-0000-0000", "0000-0002-1825-0097")
    return json.loads(text)


#: What DataCite's service takes although its JSON schema does not: it writes null for
#: what is missing, coordinates as texts, and what it derives in forms of its own.
TAKEN_CHANGES = {"value None", "double", "as text"}
TAKEN_PLACES = ("/prefix", "/suffix", "/container", "/url", "/identifiers")


def json_judge(path: Path) -> Judge:
    schema = json.loads(path.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)

    def judge(data: bytes) -> str:
        error = next(validator.iter_errors(json.loads(data)), None)
        return "" if error is None else f"{error.json_path} {error.message[:150]}"

    return judge


@pytest.mark.budget(60, "mutants of official examples")
@pytest.mark.parametrize("version", ["4.3", "4.5"])
def test_what_the_json_schema_refuses_is_refused(
    shared: Path, version: str, pytestconfig: pytest.Config
) -> None:
    folder = shared / "reference/datacite"
    judge = json_judge(folder / f"json-schema/datacite-v{version}.json")
    mutants: list[Mutant] = []
    for path in sorted((folder / "json-examples").glob(f"*v{version}*.json")):
        mutants += [
            one
            for one in json_mutants(path.name, json.loads(path.read_bytes()))
            if one.change not in TAKEN_CHANGES
            and not one.place.startswith(TAKEN_PLACES)
            # A list may be empty, and the kernel lets anything beside an affiliation.
            and not (one.change == "drop" and one.place.endswith("/0"))
            and "/affiliation" not in one.place
            # The free text of the type is taken from the word of the closed list.
            and one.place != "/types/resourceType"
        ]
    chosen = sample(mutants, 3000 if pytestconfig.getoption("--full") else 100)
    figures = agreement_on(
        f"DataCite JSON {version}", chosen, judge=judge, ours=ours("x.json")
    )
    # Newer words of the kernel are none of an older schema, and only the newest counts.
    assert [one for one in figures.missed if "is not one of" not in one] == []


XSD = "{http://www.w3.org/2001/XMLSchema}"


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_words_of_the_kernel_are_those_of_its_schema(
    shared: Path, kernel: str
) -> None:
    folder = shared / f"reference/datacite/xsd/kernel-{kernel}/include"
    for path in sorted(folder.glob("datacite-*.xsd")):
        (kind,) = etree.parse(str(path)).getroot().findall(f"{XSD}simpleType")
        official = {one.get("value") for one in kind.iter(f"{XSD}enumeration")}
        ours_then = {
            word for word, since in words(kind.get("name")).items() if since <= kernel
        }
        assert ours_then == official, path.name


@pytest.mark.parametrize("version", VERSIONS)
def test_the_keys_of_the_standard_are_those_of_its_schema(
    shared: Path, version: str
) -> None:
    path = shared / f"reference/dmp/rda-dcs/schema/maDMP-schema-{version}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))

    def compare(official: Any, clause: Clause) -> int:
        while "$ref" in official:
            official = schema["$defs"][official["$ref"].rpartition("/")[2]]
        if "oneOf" in official:
            return compare(official["oneOf"][0], clause)
        if "items" in official:
            return compare(official["items"], clause.parts["*"])
        keys = official.get("properties", {})
        assert clause.parts.keys() == keys.keys(), clause.path
        needed = {key for key, part in clause.parts.items() if part.is_needed}
        assert needed == set(official.get("required", ())), clause.path
        if "enum" in official:
            assert words_of_plans(clause.words) == set(official["enum"])
        return 1 + sum(compare(keys[key], clause.parts[key]) for key in keys)

    assert compare(schema, clauses(version)) > 60
