"""Every built-in profile: its texts, and a passing and a failing example per rule."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import check, profiles
from fair_imagic.checks.generated_shapes import is_generated
from fair_imagic.checks.node_tests import NODE_TESTS
from fair_imagic.checks.requirements import compile_requirements
from fair_imagic.checks.value_tests import VALUE_TESTS
from fair_imagic.i18n import LANGUAGES
from fair_imagic.model import Snapshot, class_names, slots_of
from fair_imagic.rdf import iri, language_of, parse

if TYPE_CHECKING:
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.rule import Rule

ROOT = "https://example.org/id/set/s"
SHAPES = Path(__file__).parents[2] / "shapes"
TOKENS = sorted(p.parent.name for p in SHAPES.glob("*/profile.ttl"))


@cache
def profile_of(token: str) -> Profile:
    return profiles.load(token)


def rules_of(token: str) -> list[Rule]:
    rules = compile_requirements([profile_of(token)]).rules
    return [rule for rule in rules.values() if rule.profile == token]


def rules_by_hand(token: str) -> set[str]:
    """Codes of the rules that are not generated: those have examples of their own."""
    return {
        f"{token}/{subject.rstrip('>').rpartition('/')[2]}"
        for path in profile_of(token).shapes
        if not is_generated(path)
        for subject, predicate, _value in parse(path, format="ttl")
        if predicate == "<http://www.w3.org/ns/shacl#message>"
    }


def read(path: Path) -> Snapshot:
    return Snapshot.make(ROOT, own=parse(path, format="ttl"))


def examples(kind: str) -> list[Path]:
    return sorted(SHAPES.glob(f"*/examples/{kind}/*.ttl"))


def name_of(path: Path) -> str:
    return f"{path.parents[2].name}/{path.stem}"


def test_the_first_profiles_are_there() -> None:
    assert {"set", "datacite", "bioimage-archive", "nboq-tier-1"} <= set(TOKENS)


@pytest.mark.parametrize("token", TOKENS)
def test_a_manifest_names_its_folder(token: str) -> None:
    assert profile_of(token).folder.name == token
    assert profiles.available()[token] == profile_of(token)


@pytest.mark.parametrize("token", TOKENS)
def test_every_rule_has_an_identifier_in_its_profile(token: str) -> None:
    prefix = f"https://w3id.org/fair-imagic/shapes/{token}/"
    for rule in rules_of(token):
        assert rule.iri == prefix + rule.code.partition("/")[2]
        assert re.fullmatch(rf"{token}/[a-z0-9-]+", rule.code)


@pytest.mark.parametrize("token", TOKENS)
def test_every_rule_has_all_its_texts_in_english_and_french(token: str) -> None:
    for rule in rules_of(token):
        for texts in (rule.name, rule.message, rule.repair):
            assert set(texts) == {"en", "fr"}, rule.code
            assert all(text.strip() for text in texts.values()), rule.code
        assert rule.message["en"] != rule.message["fr"], rule.code
        assert rule.repair["en"] != rule.repair["fr"], rule.code
        for text in (*rule.message.values(), *rule.repair.values()):
            assert text.endswith("."), rule.code


# Rules about one kind of part, or about several fields at once, have their own name.
OWN_NAMES = {
    "https://w3id.org/fair-imagic/nboq/v02-01/component",
    # the model has it for named tags alone; rules of others speak of their own nodes
    "https://schema.org/name",
    "",
}
OWN_NAMED = {"bioimage-archive/image-parameters-required"}


@pytest.mark.parametrize("token", TOKENS)
def test_a_rule_calls_its_field_what_the_model_calls_it(token: str) -> None:
    labels: dict[str, list[dict[str, str]]] = {}
    for name in class_names():
        for slot in slots_of(name):
            labels.setdefault(slot.iri, []).append(dict(slot.label))
    for rule in rules_of(token):
        known = rule.path in labels and rule.path not in OWN_NAMES
        if known and rule.code not in OWN_NAMED:
            assert dict(rule.name) in labels[rule.path], rule.code


@pytest.mark.parametrize("token", TOKENS)
def test_french_texts_use_the_typographic_apostrophe(token: str) -> None:
    for rule in rules_of(token):
        for texts in (rule.name, rule.message, rule.repair, rule.clause):
            assert not re.search(r"\w'\w", texts["fr"]), rule.code


@pytest.mark.parametrize("token", ["generated", *TOKENS])
def test_every_source_is_written_in_english_and_french(token: str) -> None:
    written: dict[str, set[str]] = {}
    for path in sorted((SHAPES / token).glob("*.ttl")):
        for subject, predicate, value in parse(path, format="ttl"):
            if predicate == iri("fi:clause"):
                written.setdefault(subject, set()).add(language_of(value))
    wrong = {one for one, tags in written.items() if tags != {"en", "fr"}}
    assert not wrong


@pytest.mark.parametrize("token", TOKENS)
def test_every_rule_names_its_source_its_path_and_who_can_help(token: str) -> None:
    for rule in rules_of(token):
        assert all(rule.clause[language].strip() for language in LANGUAGES), rule.code
        assert rule.who in {"researcher", "facility", "anyone"}, rule.code
        assert rule.test in {"", *VALUE_TESTS}, rule.code
        assert rule.node_test in {"", *NODE_TESTS}, rule.code


@pytest.mark.parametrize("token", TOKENS)
def test_every_shape_with_a_severity_is_a_named_rule(token: str) -> None:
    severity = "<http://www.w3.org/ns/shacl#severity>"
    for path in profile_of(token).shapes:
        for subject, predicate, _value in parse(path, format="ttl"):
            assert predicate != severity or subject.startswith("<"), path


@pytest.mark.parametrize("token", TOKENS)
def test_every_rule_has_a_failing_example_that_names_it(token: str) -> None:
    folder = SHAPES / token / "examples" / "fail"
    named = {_promised(path) for path in folder.glob("*.ttl")}
    assert rules_by_hand(token) == named


@pytest.mark.parametrize("path", examples("fail"), ids=name_of)
def test_a_failing_example_gives_the_finding_it_names(path: Path) -> None:
    report = check(read(path), [profile_of(path.parents[2].name)])
    assert _promised(path) in {finding.code for finding in report.findings}


@pytest.mark.parametrize("path", examples("pass"), ids=name_of)
def test_a_passing_example_gives_no_finding(path: Path) -> None:
    report = check(read(path), [profile_of(path.parents[2].name)])
    assert [(f.code, f.focus, f.value) for f in report.findings] == []


@pytest.mark.parametrize("token", TOKENS)
def test_every_rule_looks_at_something_in_a_passing_example(token: str) -> None:
    seen: set[str] = set()
    for path in sorted((SHAPES / token / "examples" / "pass").glob("*.ttl")):
        counts = check(read(path), [profile_of(token)]).focus_counts
        seen |= {code for code, count in counts.items() if count}
    assert rules_by_hand(token) - seen == set()


def _promised(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# finding: "), path
    return first.removeprefix("# finding: ")
