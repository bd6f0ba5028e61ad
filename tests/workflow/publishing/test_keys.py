"""Keys that never change: whatever is set, restored or killed, there is one deposit."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from fair_imagic.catalogue.tables import PUBLICATION
from fair_imagic.cli.main import main
from fair_imagic.errors import (
    ConfigurationError,
    ConflictError,
    RemoteUnavailableError,
)
from fair_imagic.publish.settings import leading_to
from fair_imagic.publish.states import State, all_deliveries
from fair_imagic.sandbox import Fault
from fair_imagic.views.landing import landing, record_of_doi
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.publishing import publish
from fair_imagic.workflow.sets.deliveries import published_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.publish.states import Delivery
    from fair_imagic.sandbox import Sandbox
    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"
NEW = "https://new.example.org/id/"
TARGETS = ("datacite", "bioimage-archive", "software-heritage")


@contextlib.contextmanager
def opened(home: Path, archive: Sandbox, **chosen: Any) -> Iterator[Workspace]:
    """Open a folder with what the environment says now, its archives the running ones.

    ``chosen`` are settings of DataCite that the practice archive would give itself.
    """
    leads = {token: {**one} for token, one in archive.settings().items()}
    leads["datacite"] |= chosen
    with open_workspace(home) as workspace:
        settings = leading_to(workspace.settings, leads)
        yield workspace.under(settings)


def sent(home: Path, archive: Sandbox, target: str = "datacite", **chosen: Any) -> Any:
    with opened(home, archive, **chosen) as workspace:
        return publish.run(workspace, "s", target, author=AUTHOR).delivery


def retitled(home: Path, title: str) -> None:
    with open_workspace(home) as workspace:
        root = workspace.record("set", "s")
        repair.set_values(workspace, root, [("title", title)], author=AUTHOR)


def dois(archive: Sandbox) -> set[str]:
    """The DOIs that DataCite was asked to create or change."""
    puts = [one for one in archive.journal() if one["method"] == "PUT"]
    return {str(one["path"]).lower().rpartition("/dois/")[2] for one in puts}


@pytest.fixture
def home(ready: Workspace) -> Path:
    ready.catalogue.close()
    return ready.settings.home


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_published_keeps_its_key_whatever_the_settings_say(
    home: Path, archive: Sandbox, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sent(home, archive, target)
    config = home / "config.toml"
    config.write_text(
        '[target.software-heritage]\nprovider_url = "https://other.example.org/s/"\n',
        encoding="utf-8",
    )
    with opened(home, archive, doi_prefix="10.99998") as workspace:
        prepared = publish.prepare(workspace, "s", target)
    assert prepared.package.key == first.key
    monkeypatch.setenv("FAIR_IMAGIC_FACILITY_KEY", "other")
    with pytest.raises(ConfigurationError, match="facility_key"):
        sent(home, archive, target)
    monkeypatch.delenv("FAIR_IMAGIC_FACILITY_KEY")
    config.write_text('facility_key = "other"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="facility_key"):
        sent(home, archive, target)
    config.unlink()
    again = sent(home, archive, target, doi_prefix="10.99998")
    assert (again.key, again.identifier) == (first.key, first.identifier)
    with open_workspace(home) as workspace:
        assert len(all_deliveries(workspace.catalogue.database)) == 1


def test_a_changed_set_goes_out_under_its_doi_after_the_prefix_changed(
    home: Path, archive: Sandbox
) -> None:
    first = sent(home, archive)
    retitled(home, "Nuclei of U2OS cells, second edition of the text")
    again = sent(home, archive, doi_prefix="10.99998")
    assert again.identifier == first.identifier
    assert again.package_hash != first.package_hash
    assert dois(archive) == {first.key}


def test_the_command_with_another_facility_key_is_refused_with_both(
    home: Path, archive: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    first = sent(home, archive)
    monkeypatch.setenv("FAIR_IMAGIC_FACILITY_KEY", "other")
    with pytest.raises(SystemExit) as left:
        main(["--home", str(home), "publish", "s", "--to", "datacite"])
    shown = capsys.readouterr().err
    assert left.value.code == 2
    assert "imagic" in shown
    assert "other" in shown
    assert dois(archive) == {first.key}


def test_a_lost_answer_is_completed_under_its_key_after_the_prefix_changed(
    home: Path, archive: Sandbox
) -> None:
    archive.plan(Fault(kind="drop-after", method="PUT"))
    with pytest.raises(RemoteUnavailableError):
        sent(home, archive)
    (key,) = dois(archive)
    done = sent(home, archive, doi_prefix="10.99998")
    assert done.state is State.PUBLISHED
    assert done.key == key
    assert dois(archive) == {key}


@pytest.mark.parametrize("other", [{}, {"key": "other"}, {"prefix": "10.99998"}])
def test_a_backup_from_before_the_first_publication_finds_the_doi_again(
    home: Path,
    archive: Sandbox,
    tmp_path: Path,
    other: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = shutil.copytree(home, tmp_path / "backup")
    first = sent(home, archive)
    if "key" in other:
        monkeypatch.setenv("FAIR_IMAGIC_FACILITY_KEY", other["key"])
    chosen = {"doi_prefix": other["prefix"]} if "prefix" in other else {}
    if other:
        with pytest.raises(ConflictError) as caught:
            sent(backup, archive, **chosen)
        assert first.key in str(caught.value)
        assert "Publish again" in str(caught.value)
    again = sent(backup, archive, **chosen)
    assert again.state is State.PUBLISHED
    assert again.identifier == first.identifier
    assert dois(archive) == {first.key}


def test_a_folder_of_an_older_program_knows_its_publication_by_the_snapshot(
    home: Path, archive: Sandbox
) -> None:
    first = sent(home, archive)
    with open_workspace(home) as workspace:  # as an older program left it
        database = workspace.catalogue.database
        with database.transaction() as connection:
            connection.execute(update(PUBLICATION).values(version=None))
    retitled(home, "Nuclei of U2OS cells, after the upgrade")
    again = sent(home, archive, doi_prefix="10.99998")
    assert (again.id, again.key, again.version) == (first.id, first.key, "1.0")
    assert dois(archive) == {first.key}


def test_another_version_is_another_publication_with_page_and_record_of_its_own(
    home: Path, archive: Sandbox
) -> None:
    first = sent(home, archive)
    with open_workspace(home) as workspace:
        root = workspace.record("set", "s")
        repair.set_values(workspace, root, [("version", "2.0")], author=AUTHOR)
    second = sent(home, archive)
    assert second.key != first.key
    assert dois(archive) == {first.key, second.key}
    with opened(home, archive) as workspace:
        states = {one.key: one.state for one in all_deliveries(_database(workspace))}
        assert set(states.values()) == {State.PUBLISHED}
        assert record_of_doi(workspace, first.key) == "s"
        page = landing(workspace, "s").documents["application/ld+json"]
        assert second.key in page
        found = workspace.catalogue.query(
            "SELECT ?i { ?p a fi:Publication ; dcterms:identifier ?i }"
        )
        named = {str(row[0]) for row in found.rows}
    assert {f'"{first.identifier}"', f'"{second.identifier}"'} == named


def test_what_went_to_practice_archives_is_not_public_in_earnest(
    home: Path, archive: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sent(home, archive, "bioimage-archive")
    monkeypatch.setenv("FAIR_IMAGIC_PRACTICE_MODE", "no")
    monkeypatch.setenv("FAIR_IMAGIC_ALLOWED_HOSTS", "127.0.0.1")
    with opened(home, archive) as workspace:
        assert published_names(workspace) == ()
        outcome = publish.run(workspace, "s", "bioimage-archive", author=AUTHOR)
        real = outcome.delivery
        assert real is not None
        assert (real.practice, first.practice) == (False, True)
        assert real.id != first.id
        assert len(published_names(workspace)) == 1


@pytest.mark.parametrize("target", TARGETS)
def test_a_rebase_changes_no_identifier_of_an_archive(
    home: Path, archive: Sandbox, target: str
) -> None:
    first = sent(home, archive, target)
    with pytest.raises(SystemExit) as left:
        main(["--home", str(home), "rebase", NEW])
    assert not left.value.code
    again: Delivery = sent(home, archive, target)
    assert (again.key, again.identifier) == (first.key, first.identifier)
    assert again.landing_page == first.landing_page
    if target != "software-heritage":  # its answer is kept with the scripts
        assert again.snapshot_hash == first.snapshot_hash
    with open_workspace(home) as workspace:
        assert len(all_deliveries(workspace.catalogue.database)) == 1


def test_what_is_sent_and_shown_after_a_rebase_has_the_new_base(
    home: Path, archive: Sandbox
) -> None:
    sent(home, archive)
    with open_workspace(home) as workspace:
        old = workspace.bases.inner
    with pytest.raises(SystemExit):
        main(["--home", str(home), "rebase", NEW])
    with opened(home, archive) as workspace:
        package = publish.prepare(workspace, "s", "datacite").package
        page = landing(workspace, "s")
    names = [
        one["alternateIdentifier"] for one in package.payload["alternateIdentifiers"]
    ]
    assert f"{NEW}set/s" in names
    for media_type in ("application/ld+json", "text/turtle"):
        text = page.documents[media_type]
        assert f"{NEW}instrument/scope" in text, media_type
        assert f"{old}instrument/scope" not in text, media_type


def _database(workspace: Workspace) -> Any:
    return workspace.catalogue.database
