"""What every registered target keeps to, and one that a plug-in brings."""

from __future__ import annotations

import ast
import dataclasses
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import fair_imagic
import fair_imagic_web
from fair_imagic import net, sandbox
from fair_imagic.cli import main as front_door
from fair_imagic.errors import (
    ConfigurationError,
    FairImagicError,
    RemoteUnavailableError,
)
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import PublicationSet, slots_of
from fair_imagic.publish.base import Role
from fair_imagic.publish.registry import available, load, tokens, usual_profiles
from fair_imagic.publish.setting import ADDRESS, FOLDER
from fair_imagic.publish.settings import (
    Switch,
    hosts_of,
    leading_to,
    needed,
    session_of,
    switch_of,
    values_of,
    verify,
)
from fair_imagic.rdf import curie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Package, Target

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
sys.path.insert(0, str(Path(__file__).parent))
from study_data import records, settings_for, snapshot, write_sources
from target_gaps import PROOFS, builder

PLUGIN = "folder-archive"
DOCS = Path(__file__).parents[2] / "docs"
SRC = Path(fair_imagic.__file__).parent
WEB = Path(fair_imagic_web.__file__).parent
# A target's own package, practice archives, and documents: they are checked by the
# rules of a target.
OWN = (
    *(f"publish/{token.replace('-', '_')}/" for token in tokens()),
    "sandbox/",
    "workflow/documents/",
    "documents/",
)
THING = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@pytest.fixture(params=[*tokens(), PLUGIN])
def target(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    installed: Callable[[str], Path],
) -> Target:
    if request.param == PLUGIN:
        monkeypatch.syspath_prepend(str(installed("folder_archive")))
    return load(request.param)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T12:00:00Z")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home")


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    return write_sources(tmp_path / "sources")


@pytest.fixture
def practice(
    target: Target, settings: Settings, tmp_path: Path
) -> Iterator[tuple[sandbox.Sandbox, Settings]]:
    """Its practice archive alone, and the settings that lead there."""
    with sandbox.start(
        tmp_path / "archives",
        archives={target.token: target.sandbox},
        wanted={target.token: values_of(target, settings)},
    ) as running:
        yield running, leading_to(settings, running.settings())


def filled(target: Target, settings: Settings, *, host: str) -> Settings:
    """Return settings in which a target has all that it needs."""
    texts = {ADDRESS: f"https://{host}/", FOLDER: "/srv/archive"}
    values = {one.name: texts.get(one.kind, "x") for one in target.settings}
    return leading_to(settings, {target.token: values})


def speaks(words: object) -> bool:
    """Return whether there are words in each language, and not the same ones."""
    texts = [dict(words)[language] for language in LANGUAGES]  # type: ignore[call-overload]
    return all(text.strip() for text in texts)


# ------------------------------------------------------------------ where it is named
def test_no_target_is_named_outside_of_its_own_package() -> None:
    named = {}
    for path in (*SRC.rglob("*.py"), *WEB.rglob("*.py")):
        place = path.relative_to(SRC if SRC in path.parents else WEB).as_posix()
        if place.startswith(OWN):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in tokens():
                named[place] = node.value
    for path in (*SRC.rglob("*.html"), *WEB.rglob("templates/*.html")):
        text = path.read_text(encoding="utf-8")
        if any(f'"{token}"' in text or f"'{token}'" in text for token in tokens()):
            named[path.name] = "in a template"
    assert named == {}


# ------------------------------------------------------------------ what it declares
def test_it_has_a_name_a_role_and_words_in_each_language(target: Target) -> None:
    assert THING.fullmatch(target.token)
    assert target.title
    assert target.role in Role
    assert target.badges
    for badge in target.badges.values():
        assert badge.en
        assert badge.fr
        assert badge.kind in ("done", "waiting", "failed")
    assert any(badge.kind == "done" for badge in target.badges.values())
    assert all(speaks(one.text) for one in target.settings)
    assert all(speaks(gap.text) for gap in target.gaps)


def test_it_says_what_cannot_be_undone(target: Target) -> None:
    assert speaks(target.irreversible)
    assert target.irreversible["en"] != target.irreversible["fr"]


def test_its_gaps_have_codes_of_their_own(target: Target) -> None:
    codes = [gap.code for gap in target.gaps]
    assert codes
    assert len(codes) == len(set(codes))


def test_its_requirements_exist_and_those_about_sets_are_asked_by_default(
    target: Target,
) -> None:
    from fair_imagic.checks import profiles

    known = profiles.available()
    assert target.profiles
    assert [one for one in target.profiles if one not in known] == []
    asked = set(target.profiles) <= set(usual_profiles())
    assert asked == (target.role is not Role.SOFTWARE)
    if asked:
        about = known[target.profiles[-1]].about
        assert PublicationSet.class_iri in about


def test_every_setting_has_names_of_its_own_and_is_documented(target: Target) -> None:
    everywhere = [
        one.plain_name(token)
        for token, other in available().items()
        for one in other.settings
    ]
    assert len(everywhere) == len(set(everywhere))
    shown = CliRunner().invoke(front_door._group(), ["config", "show"])
    told = CliRunner().invoke(front_door._group(), ["targets", target.token])
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    for one in target.settings:
        assert one.secret == ("password" in one.name)
        assert one.variable(target.token) in told.output
        # a table breaks long names over lines
        assert one.variable(target.token)[:16] in shown.output
        if target.token != PLUGIN:
            assert f"`[target.{target.token}] {one.name}`" in page
            assert f"`{one.variable(target.token)}`" in page


def test_a_setting_is_read_from_the_variable_the_table_and_the_plain_name(
    target: Target, tmp_path: Path
) -> None:
    from fair_imagic import config

    file = tmp_path / "home" / "config.toml"
    file.parent.mkdir()
    for one in target.settings:
        texts = {ADDRESS: "https://a.example.org/", FOLDER: "/srv/a"}
        text = texts.get(one.kind, "a/")
        variable = {one.variable(target.token): text}
        table = f'[target.{target.token}]\n{one.name} = "{text}"\n'
        plain = f'{one.plain_name(target.token)} = "{text}"\n'
        for content, environ in (("", variable), (table, {}), (plain, {})):
            file.write_text(content, encoding="utf-8")
            read = config.load(file.parent, environ=environ)
            verify(read)
            assert values_of(target, read)[one.name] == text
            assert text not in repr(read)


def test_an_unknown_setting_is_refused_with_the_names_like_it(
    target: Target, tmp_path: Path
) -> None:
    from fair_imagic import config

    file = tmp_path / "home" / "config.toml"
    file.parent.mkdir()
    name = target.settings[0].name
    file.write_text(f"[target.{target.token}]\n{name}x = 1\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=f"{name}x") as caught:
        verify(config.load(file.parent, environ={}))
    assert f"[target.{target.token}]" in caught.value.where
    assert name in caught.value.hint
    file.write_text(f'[target.{target.token}x]\n{name} = "1"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        verify(config.load(file.parent, environ={}))
    assert target.token in caught.value.hint


def test_it_contacts_the_hosts_of_its_settings_and_no_other(
    target: Target, settings: Settings
) -> None:
    away = filled(target, settings, host="archive.example.org")
    real = dataclasses.replace(away, practice_mode=False)
    addresses = [one for one in target.settings if one.kind == ADDRESS]
    wanted = {"archive.example.org"} if addresses else set()
    assert set(hosts_of(target, real)) == wanted | set(target.hosts)
    with pytest.raises(ConfigurationError, match="not allowed"):
        session_of(target, real).get("https://elsewhere.example.org/")
    if addresses:
        here = filled(target, settings, host="127.0.0.1:9")  # nobody listens there
        with pytest.raises(RemoteUnavailableError):
            net.request(session_of(target, here), "GET", "http://127.0.0.1:9/")


def test_it_is_off_without_what_it_needs_and_says_what(
    target: Target, settings: Settings
) -> None:
    real = dataclasses.replace(settings, practice_mode=False)
    state = switch_of(target, real)
    assert state.switch is Switch.OFF
    missing = next(one for one in target.settings if one.required and not one.default)
    assert missing.variable(target.token) in state.reason
    with pytest.raises(ConfigurationError):
        needed(target, real)
    whole = filled(target, real, host="archive.example.org")
    assert switch_of(target, whole).switch is Switch.REAL


def test_practice_mode_never_leads_away_from_this_machine(
    target: Target, settings: Settings
) -> None:
    from fair_imagic.workflow.publishing.practice import archives

    away = filled(target, settings, host="archive.example.org")
    texts = dataclasses.replace(away.targets, tables=away.targets.chosen, chosen={})
    written = dataclasses.replace(away, targets=texts)
    assert switch_of(target, written).switch is Switch.PRACTICE
    with archives(written) as inside:
        assert set(hosts_of(target, inside)) <= {"127.0.0.1"}


def test_its_host_in_a_plan_has_a_title_and_an_address(
    target: Target, settings: Settings
) -> None:
    host = target.host(settings)
    if host is None:
        assert target.role is Role.PAGE, "only the facility's own page is kept here"
        return
    assert host["title"]
    assert str(host["url"]).startswith("https://")


def test_the_facts_that_a_record_learns_have_slots(target: Target) -> None:
    names = ("PublicationSet", "Software")
    known = {curie(slot.iri) for name in names for slot in slots_of(name)}
    for slot, _text in target.facts("swh:1:dir:" + "a" * 40):
        assert slot in known


# ------------------------------------------------------------------ what it makes
def test_a_package_is_the_same_for_the_same_input(
    target: Target,
    settings: Settings,
    sources: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {path: path.read_bytes() for path in _files(sources)}
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T12:00:00Z")
    first = target.build(snapshot(), settings, sources=sources)
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2027-01-01T00:00:00Z")
    backwards = dict(reversed(sources.items()))
    with use_language("fr"):
        second = target.build(snapshot(), settings, sources=backwards)
    assert second == first
    assert second.hash == first.hash
    assert first.target == target.token
    assert first.snapshot_hash == snapshot().hash
    assert str(settings.home) not in str(first.payload)
    assert {path: path.read_bytes() for path in _files(sources)} == before


def test_a_key_that_is_kept_is_never_computed_anew(
    target: Target, settings: Settings, sources: dict[str, Path]
) -> None:
    first = target.build(snapshot(), settings, sources=sources)
    assert (first.subject, first.version) == target.edition(snapshot())
    changed = dataclasses.replace(
        settings, facility_key="other", base_iri="https://other.example.org/"
    )
    again = target.build(snapshot(), changed, key=first.key, sources=sources)
    assert again.key == first.key
    assert again.hash == first.hash
    kept = f"{first.key}-kept"
    other = target.build(snapshot(), settings, key=kept, sources=sources)
    assert other.key == kept
    texts = [*map(str, other.files.values()), str(other.payload)]
    named = [text.replace(kept, "") for text in texts]
    assert [text for text in named if first.key in text] == []


def _files(sources: dict[str, Path]) -> list[Path]:
    return [
        path
        for place in sources.values()
        for path in (place, *place.rglob("*"))
        if path.is_file()
    ]


def test_a_good_package_has_no_point(
    target: Target, settings: Settings, sources: dict[str, Path]
) -> None:
    package = target.build(snapshot(), settings, sources=sources)
    assert [p.code for p in target.inspect(package, settings) if p.blocks] == []


@pytest.mark.parametrize("text", [None, "", "\x07", "x" * 5000, "«»\n\t<b>"])
def test_inspect_returns_points_and_never_raises(
    target: Target, settings: Settings, sources: dict[str, Path], text: str | None
) -> None:
    for package in _spoilt(target, settings, sources, text):
        for point in target.inspect(package, settings):
            assert point.code.startswith(f"{target.token}/")
            assert speaks(point.message)
            assert speaks(point.repair)
    bare = target.inspect(target.build(snapshot(), settings, sources=sources))
    assert isinstance(bare, tuple)


def _spoilt(
    target: Target, settings: Settings, sources: dict[str, Path], text: str | None
) -> Iterator[Package]:
    """Yield the packages of studies in which one value is spoilt."""
    for record in records():
        for one in dataclasses.fields(record):
            value = getattr(record, one.name)
            if one.name == "iri" or value in (None, ()):
                continue
            study = snapshot(
                changed=[
                    dataclasses.replace(record, **{one.name: _instead(value, text)})
                ]
            )
            try:
                yield target.build(study, settings, sources=sources)
            except FairImagicError:
                continue  # said already, and clearly


def _instead(value: object, text: str | None) -> object:
    """Return what stands in a value's place: an IRI stays one, as in the catalogue."""
    if isinstance(value, tuple):
        return ()
    is_iri = str(value).startswith("http")
    return text if text is None or not is_iri else "https://example.org/another"


def test_every_known_gap_is_real_and_told_before_sending(
    target: Target, settings: Settings, sources: dict[str, Path]
) -> None:
    proofs = PROOFS[target.token]
    assert set(proofs) == {gap.code for gap in target.gaps}
    build = builder(target, settings, sources)
    for gap in target.gaps:
        package = proofs[gap.code](build, sources)
        assert gap in package.lost


def test_a_set_without_the_thing_meets_no_gap_of_it(
    target: Target, settings: Settings, sources: dict[str, Path]
) -> None:
    (record,) = (one for one in records() if isinstance(one, PublicationSet))
    bare = dataclasses.replace(record, images=(), contributors=(), panels=())
    package = target.build(snapshot(changed=[bare]), settings, sources=sources)
    met = {gap.code for gap in package.lost}
    assert met <= {"scripts", "images-processed", "empty-folders"}


def test_its_page_forms_are_those_that_it_makes(
    target: Target, settings: Settings, sources: dict[str, Path]
) -> None:
    package = target.build(snapshot(), settings, sources=sources)
    forms = {form.media_type for form in target.page_forms}
    assert set(target.page_documents(package)) == forms
    assert len({form.ending for form in target.page_forms}) == len(forms)


# ------------------------------------------------------------------ what it sends
def test_sending_twice_makes_one_deposit_that_can_be_found_again(
    target: Target,
    practice: tuple[sandbox.Sandbox, Settings],
    sources: dict[str, Path],
) -> None:
    _running, settings = practice
    package = target.build(snapshot(), settings, sources=sources)
    before = target.reconcile(package.key, settings)
    assert not before.exists
    assert before.state in target.badges
    first = target.submit(package, package.key, settings)
    again = target.submit(package, package.key, settings)
    assert again.identifier == first.identifier
    assert first.remote_state in target.badges
    held = target.reconcile(package.key, settings)
    assert held.exists
    assert held.identifier == first.identifier
    assert held.state in target.badges
    assert held.final == (target.badges[held.state].kind == "done")
    assert target.address_of(first.identifier).startswith("https://") or (
        target.token == PLUGIN
    )
