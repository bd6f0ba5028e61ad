"""Every profile, built in or brought by a plug-in, keeps the contract of requirements.

A gap is shown by an example in ``examples/gaps/``: it says what is wrong, *instead* of
what a passing example says of the same fields, and no point comes of it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import as_html, as_json, as_text, check, profiles
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import Snapshot
from fair_imagic.rdf import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.checks import Profile
    from fair_imagic.rdf import Triple

ROOT = "https://example.org/id/set/s"
BUILT_IN = sorted(profiles.available())
PLUGIN = "lab-rules"
_INSTEAD = re.compile(r"# instead of what ([\w-]+)/([\w-]+\.ttl) says")


@pytest.fixture(params=[*BUILT_IN, PLUGIN])
def profile(
    request: pytest.FixtureRequest,
    installed: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> Profile:
    if request.param == PLUGIN:
        monkeypatch.syspath_prepend(installed("lab_rules"))
    return profiles.load(request.param)


def examples(profile: Profile, kind: str) -> list[Path]:
    return sorted((profile.folder / "examples" / kind).glob("*.ttl"))


def triples(path: Path) -> list[Triple]:
    return list(parse(path, format="ttl"))


def snapshot(own: list[Triple]) -> Snapshot:
    return Snapshot.make(ROOT, own=own, context=[])


def replaced(gap: Path, folder: Path) -> tuple[list[Triple], list[Triple]]:
    """Return a passing example, and the same with what the gap's example says."""
    line = gap.read_text(encoding="utf-8").splitlines()[1]
    match = _INSTEAD.fullmatch(line)
    assert match is not None, f"{gap}: {line}"
    before = triples(folder / match[1] / "examples" / "pass" / match[2])
    instead = triples(gap)
    fields = {triple[:2] for triple in instead}
    return before, [t for t in before if t[:2] not in fields] + instead


def test_every_text_is_there_in_every_language(profile: Profile) -> None:
    for texts in (profile.title, profile.description):
        assert set(texts) == set(LANGUAGES)
        assert all(text.strip() for text in texts.values())


def test_every_profile_says_what_it_does_not_look_at(profile: Profile) -> None:
    assert profile.gaps
    for gap in profile.gaps:
        assert gap.text["en"] != gap.text["fr"], gap.code
        assert all(text.endswith(".") for text in gap.text.values()), gap.code
        assert not re.search(r"\w'\w", gap.text["fr"]), gap.code


def test_every_gap_has_an_example_and_every_example_a_gap(profile: Profile) -> None:
    named = {path.stem for path in examples(profile, "gaps")}
    assert named == {gap.code for gap in profile.gaps}
    for path in examples(profile, "gaps"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == f"# gap: {profile.token}/{path.stem}"


def test_every_gap_is_real(profile: Profile) -> None:
    """What is wrong gives no point: once a rule finds it, the gap has to go."""
    for path in examples(profile, "gaps"):
        before, after = replaced(path, profile.folder.parent)
        assert set(after) - set(before), path
        for own in (before, after):
            report = check(snapshot(own), [profile])
            points = [(f.code, f.focus, f.value) for f in report.findings]
            assert points == [], path
            assert report.conforms


def test_a_passing_example_passes_and_a_failing_one_fails(profile: Profile) -> None:
    for path in examples(profile, "pass")[:1]:
        assert check(snapshot(triples(path)), [profile]).findings == ()
    for path in examples(profile, "fail")[:1]:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        report = check(snapshot(triples(path)), [profile])
        assert first.removeprefix("# finding: ") in {f.code for f in report.findings}


def test_reports_say_what_was_not_looked_at(
    installed: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(installed("lab_rules"))
    profile = profiles.load(PLUGIN)
    report = check(snapshot(triples(examples(profile, "pass")[0])), [profile])
    (gap,) = profile.gaps
    (line,) = json.loads(as_json(report))["profiles"]
    assert line["gaps"] == [{"code": gap.code, "text": dict(gap.text)}]
    for language in LANGUAGES:
        with use_language(language):
            assert gap.text[language] in as_html(report)
            assert "fair-imagic check --list" in as_text(report)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_requirements_shows_each_with_its_gaps(
    language: str, installed: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = str(installed("lab_rules"))
    path = os.pathsep.join(filter(None, (site, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "fair_imagic.cli.main", "check", "--list"],
        env={**os.environ, "PYTHONPATH": path, "FAIR_IMAGIC_LANGUAGE": language},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    monkeypatch.syspath_prepend(site)
    assert PLUGIN in profiles.available()
    for profile in profiles.available().values():
        assert f"{profile.token} {profile.title[language]}" in text
        for gap in profile.gaps:
            assert gap.text[language] in text
