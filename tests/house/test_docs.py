"""The docs name every command, option, setting, target, requirement and point."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import reference_pages

DOCS = Path(__file__).parents[2] / "docs"


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def commands_page() -> str:
    return _page("commands.md")


def test_every_command_is_documented(commands_page: str) -> None:
    missing = [
        name
        for name, _command in reference_pages.commands()
        if f"## `{name}`\n" not in commands_page
    ]
    assert missing == []


def test_every_option_is_documented_below_its_command(commands_page: str) -> None:
    sections = dict(
        zip(
            re.findall(r"^## `(.+)`$", commands_page, re.MULTILINE),
            re.split(r"^## `.+`$", commands_page, flags=re.MULTILINE)[1:],
            strict=True,
        )
    )
    missing = [
        f"{name} {option}"
        for name, command in reference_pages.commands()
        for parameter in reference_pages.options(command)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if f"`{option}`" not in sections.get(name, "")
    ]
    assert missing == []


def test_every_door_on_the_way_from_file_to_doi_opens() -> None:
    text = _page("architecture.md")
    rows = re.findall(r"^\| [^|]+ \| (`[a-z].+`) \|$", text, re.MULTILINE)
    doors = [name for row in rows for name in re.findall(r"`([\w.]+)`", row)]
    assert len(doors) > 15
    for door in doors:
        module, _dot, name = f"fair_imagic.{door}".rpartition(".")
        owner, _dot, attribute = module.rpartition(".")
        if attribute[:1].isupper():
            assert hasattr(getattr(importlib.import_module(owner), attribute), name)
        else:
            assert hasattr(importlib.import_module(module), name), door


def test_every_command_and_option_has_a_help_text() -> None:
    silent = [n for n, command in reference_pages.commands() if not command.help]
    silent += [
        f"{name} {parameter.opts[0]}"
        for name, command in reference_pages.commands()
        for parameter in reference_pages.options(command)
        if not parameter.help
    ]
    assert silent == []


def test_every_setting_is_documented() -> None:
    from fair_imagic.config import SETTINGS

    page = _page("settings.md")
    missing = [
        word for s in SETTINGS for word in (s.name, s.env) if f"`{word}`" not in page
    ]
    assert missing == []


def test_every_requirement_and_point_is_documented() -> None:
    from fair_imagic.checks import profiles

    page = _page("profiles-and-points.md")
    known = profiles.available()
    wanted = [
        *known,
        *(r.code for p in known.values() for r in reference_pages.rules(p)),
    ]
    for token in known:
        wanted += [code for code, _text in reference_pages.document_points(token)]
    assert [name for name in wanted if f"`{name}`" not in page] == []


def test_every_target_state_and_point_in_a_package_is_documented() -> None:
    from fair_imagic.publish.registry import available

    page = _page("targets.md")
    wanted = []
    for token, target in available().items():
        codes = [code for code, _text in reference_pages.package_points(token)]
        wanted += [token, *target.badges, *codes]
    wanted += [code for code, _text in reference_pages.package_points("dmp")]
    assert [name for name in wanted if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", sorted(reference_pages.PAGES))
def test_generated_tables_are_current(page: str) -> None:
    text = _page(page)
    assert reference_pages.with_tables(page, text) == text


@pytest.mark.parametrize(
    "page", sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = DOCS / page
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_links_of_the_readme_lead_somewhere() -> None:
    readme = DOCS.parent / "README.md"
    links = re.findall(r"\]\((?!https?:)([^)#]+)", readme.read_text(encoding="utf-8"))
    assert [link for link in links if not (DOCS.parent / link).exists()] == []


def test_every_state_of_a_publication_is_documented() -> None:
    from fair_imagic.publish.state import State

    page = _page("targets.md")
    assert [state.value for state in State if f"`{state.value}`" not in page] == []
