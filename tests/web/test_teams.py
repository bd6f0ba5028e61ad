"""What belongs to a team: nothing of it reaches another one, at no door."""

from __future__ import annotations

import io
import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import PASSWORD, Visitor

from fair_imagic import config
from fair_imagic.errors import InputError
from fair_imagic.model import Collection, PublicationSet
from fair_imagic.publish import states
from fair_imagic.rdf import expand, iri, literal
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.base.label import name_of
from fair_imagic.workflow.base.workspace import KINDS, open_workspace
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.demo.sample_study import write_study
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.collections import join
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.people import accounts, teams
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.plans import plan as plans
from fair_imagic.workflow.processing import process
from fair_imagic.workflow.publishing.record import record_keeper
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic_web import create_app
from fair_imagic_web.access import named_record
from fair_imagic_web.service import CLOSE, EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from fair_imagic.workflow.base.workspace import Workspace

WORD = "kanarienvogel"
"""It stands in every title of the team whose work is private."""
DOI = "10.99999/gwxf-5q2m"
ACCOUNTS = {
    "anna": ("researcher", "Team A"),
    "aron": ("reader", "Team A"),
    "bea": ("researcher", "Team B"),
    "ben": ("reader", "Team B"),
    "staff": ("facility", ""),
    "boss": ("administrator", ""),
}
OUTSIDE = ("nobody", "ben", "bea")


@dataclass(frozen=True)
class Place:
    """A served folder, and what an attacker has learnt of it."""

    app: Flask
    hidden: dict[str, str]
    shared: str

    @property
    def workspace(self) -> Workspace:
        found: Workspace = self.app.extensions[EXTENSION]
        return found

    def browser(self, name: str) -> Visitor:
        found = Visitor(self.app.test_client())
        if name != "nobody":
            assert found.log_in(name).status_code == 302
        return found

    def change(self, browser: Visitor, url: str, **fields: object) -> TestResponse:
        """Send a form with a right token, whatever page it is on."""
        token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/query").text)
        assert token is not None
        answer = browser.client.post(url, data={"csrf": token[1], **fields})
        assert answer.status_code != 400 or "expired" not in answer.text
        return answer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teams")
    study = write_study(folder / "study")
    with open_workspace(folder / "home") as workspace:
        record = study.microscopes["widefield"]
        instruments.import_file(workspace, record, author="f", name="scope")
        people.import_table(workspace, study.people, author="f")
        for name, (role, team) in ACCOUNTS.items():
            accounts.create(workspace, name, password=PASSWORD, role=role)
            if team and not teams.teams_of(workspace, name):
                known = {row.team.title for row in teams.list_teams(workspace)}
                made = team if team in known else teams.make(workspace, team).title
                teams.join(workspace, made, name)
        files = sorted(study.images["widefield"].iterdir())
        shared = _team_b(workspace, files[2:4])
        _team_a(workspace, files[:2], shared)
    return folder / "home"


def _team_a(workspace: Workspace, files: list[Path], shared: str) -> None:
    """Make what is private; the staff puts an image of the other team into it too."""
    done = import_images.run(
        workspace, files, collection="closed-one", author="anna", instrument="scope"
    )
    root = sets.create(
        workspace,
        "quiet-one",
        author="anna",
        title=f"{WORD} set",
        images="collection=closed-one",
    )
    made = [root, done.collection]
    values = [("title", f"{WORD} pictures")]
    repair.set_values(workspace, done.collection, values, author="anna")
    table = workspace.settings.home.parent / "tags.csv"
    table.write_text(f"image,sample,title\n*,{WORD} cells,{WORD} image\n", "utf-8")
    tags.apply_file(workspace, root, table, author="anna")
    join(workspace, [shared], done.collection, author="staff")
    sets.add(workspace, "quiet-one", images=shared, author="staff")
    process.run(workspace, "quiet-one", "segmentation", {"channel": "0"}, author="anna")
    contact = people.list_people(workspace)[0].id
    made.append(
        plans.draft(
            workspace,
            "secret-one",
            contact=contact,
            title=f"{WORD} plan",
            author="anna",
        )
    )
    row = states.register(
        workspace.catalogue.database,
        states.Edition(subject=root, version="1", target="datacite", practice=True),
        key=DOI,
    )
    states.move(
        workspace.catalogue.database,
        row.id,
        states.State.READY,
        facts={"identifier": f"https://doi.org/{DOI}"},
        keep=record_keeper(workspace, "anna", None),
    )
    teams.give(workspace, made, "Team A")


def _team_b(workspace: Workspace, files: list[Path]) -> str:
    done = import_images.run(
        workspace, files, collection="open", author="bea", instrument="scope"
    )
    mine = sets.create(
        workspace, "own", author="bea", title="Own set", images="collection=open"
    )
    teams.give(workspace, [done.collection, mine], "Team B")
    return done.images[0]


def _served(home: Path) -> Iterator[Place]:
    app = create_app(config.load(home))
    workspace = app.extensions[EXTENSION]

    def of(kind: str) -> str:
        return next(iter(workspace.names(kind)), "")

    ours = images_of(workspace, workspace.record("collection", "closed-one"))
    theirs = images_of(workspace, workspace.record("set", "own"))
    image = next(one for one in ours if one not in theirs)
    shared = next(one for one in theirs if one in ours)
    yield Place(
        app,
        {
            "set": "quiet-one",
            "collection": "closed-one",
            "plan": "secret-one",
            "image": name_of(image),
            "run": of("run"),
            "result": of("result"),
            "sample": of("sample"),
        },
        shared=name_of(shared),
    )
    app.extensions[CLOSE]()


@pytest.fixture(scope="module")
def standing(home: Path) -> Iterator[Place]:
    """Give a service for tests that change nothing."""
    yield from _served(home)


@pytest.fixture
def place(home: Path, tmp_path: Path) -> Iterator[Place]:
    yield from _served(shutil.copytree(home, tmp_path / "copy"))


def _urls(place: Place, rule: Rule) -> Iterator[str]:
    """Yield the addresses of a route for what an attacker knows by name."""
    named = named_record(rule.rule)
    hidden = place.hidden
    every = [hidden["set"], hidden["image"], "scope"]
    names = [hidden[named[0]]] if named else every
    if named and named[0] == "image":
        names.append(place.shared)
    if named and named[0] in ("set", "collection"):
        names.append("own" if named[0] == "set" else "open")
    values = {
        "target": ["datacite"],
        "ending": ["html", "json", "xlsx", "ttl", "jsonld"],
        "kind": list(hidden),
        "name": names,
        "doi": [DOI],
        "team": ["team-a"],
        "fragment": ["part"],
        "filename": ["app.css"],
    }
    urls = [rule.rule]
    for field in rule.arguments - set(rule.defaults or {}):
        pattern = re.compile(rf"<(?:\w+:)?{field}>")
        urls = [pattern.sub(one, url) for url in urls for one in values[field]]
    yield from urls


def _fields(place: Place, number: int) -> dict[str, object]:
    base = place.workspace.settings.base_iri
    hidden = f"{base}set/quiet-one"
    wish = {
        "subject": hidden,
        "path": "http://purl.org/dc/terms/title",
        "text": "Taken",
        "label": "",
        "codes": [],
        "seen": None,
        "source": {},
        "confidence": "",
        "kind": "text",
        "place": "",
    }
    wishes = {
        "root": f"{base}set/own",
        "version": "",
        "wishes": [wish],
        "origin": "",
        "sha256": "",
    }
    return {
        "number": str(number),
        "set-name": "quiet-one",
        "name": "quiet-one",
        "images": "all",
        "image": place.hidden["image"],
        "things": hidden,
        "code": "set-title-required",
        "value": "Taken",
        "everything": "yes",
        "wishes": json.dumps(wishes),
        "chosen": "all",
        "account": "bea",
        "right": "edit",
        "team": "team-a",
        "to-team": "Team B",
        "set": "quiet-one",
        "understood": "yes",
        "query": "SELECT ?s ?o { ?s ?p ?o }",
        "format": "csv",
        "table": (io.BytesIO(b"image,title\n*,Taken\n"), "t.csv"),
    }


def _said(answer: TestResponse) -> str:
    try:
        return f"{answer.headers}\n{answer.get_data().decode('utf-8', 'replace')}"
    finally:
        answer.close()


def _leaks(place: Place, who: str, *, methods: tuple[str, ...]) -> list[str]:
    browser = place.browser(who)
    last = place.workspace.catalogue.last_number()
    found = []
    for rule in place.app.url_map.iter_rules():
        for method in methods:
            if method not in (rule.methods or ()) or rule.endpoint == "auth.logout":
                continue
            for url in _urls(place, rule):
                if method == "GET":
                    said = _said(browser.client.get(url))
                else:
                    said = ""
                    for number in (last, max(1, last - 3)):
                        fields = _fields(place, number)
                        said += _said(place.change(browser, url, **fields))
                said = said.lower()
                if WORD in said or (DOI in said and DOI not in url):
                    found.append(f"{who} {method} {url}")
    return found


@pytest.mark.parametrize("who", OUTSIDE)
def test_nothing_of_a_private_team_is_on_any_page(standing: Place, who: str) -> None:
    assert not _leaks(standing, who, methods=("GET",))


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_form_gives_or_changes_anything_of_a_private_team(
    place: Place, who: str
) -> None:
    workspace = place.workspace
    kinds = (PublicationSet, Collection)
    records = [r for kind in kinds for r in workspace.catalogue.records(kind.class_iri)]
    before = workspace.catalogue.effective_of(
        r for r in records if not r.endswith(("own", "open"))
    )
    assert not _leaks(place, who, methods=("POST",))
    assert workspace.catalogue.effective_of(before) == before
    assert not teams.sharing_of(workspace, workspace.record("set", "quiet-one")).guests


@pytest.mark.parametrize("who", ["ben", "bea"])
def test_what_is_hidden_answers_like_what_is_not_there(
    standing: Place, who: str
) -> None:
    browser = standing.browser(who)
    for rule in standing.app.url_map.iter_rules():
        named = named_record(rule.rule)
        if named is None or "GET" not in (rule.methods or ()):
            continue
        hidden, kind = standing.hidden[named[0]], named[0]
        for url in _urls(standing, rule):
            if hidden not in url:
                continue
            nothing = "0" * len(hidden)
            there = browser.get(url)
            absent = browser.get(url.replace(f"/{hidden}", f"/{nothing}"))
            if there.status_code == 403 and absent.status_code == 403:
                continue
            assert there.status_code == absent.status_code == 404, (kind, url)
            same = _plain(there).replace(hidden, nothing)
            assert same == _plain(absent), url


def _plain(answer: TestResponse) -> str:
    """Return a page without the token of its forms."""
    token = re.compile(r'name="csrf" value="[^"]+"')
    return token.sub("", answer.text).replace("lang=fr&", "")


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize(
    "url",
    [
        "/collection/open?search={}",
        "/set/own?search={}",
        "/query?name={}",
        "/id?iri={}",
        "/id/sample/{}-cells",
        "/sparql?query=SELECT * {{ ?s ?p ?o FILTER(CONTAINS(LCASE(STR(?o)),'{}')) }}",
    ],
)
def test_a_search_for_it_finds_as_little_as_one_for_anything_else(
    standing: Place, who: str, url: str
) -> None:
    browser, other = standing.browser(who), "x" * len(WORD)
    there, absent = browser.get(url.format(WORD)), browser.get(url.format(other))
    assert there.status_code == absent.status_code
    assert _plain(there).replace(WORD, other) == _plain(absent)


def test_every_route_that_names_a_record_is_guarded_or_open_to_all_accounts(
    standing: Place,
) -> None:
    open_to_all = {"instruments", "admin", "landing", "identifiers"}
    unguarded = {
        rule.endpoint
        for rule in standing.app.url_map.iter_rules()
        if "name" in rule.arguments and named_record(rule.rule) is None
    }
    assert {one.partition(".")[0] for one in unguarded} <= open_to_all


@pytest.mark.parametrize("who", ["anna", "aron", "staff", "boss"])
def test_its_own_team_and_the_staff_see_it(standing: Place, who: str) -> None:
    browser = standing.browser(who)
    hidden = standing.hidden
    for url in (
        "/",
        "/sets",
        "/set/quiet-one",
        "/set/quiet-one/describe",
        "/set/quiet-one/points",
        "/collection/closed-one",
        f"/collection/closed-one?search={WORD}",
        f"/image/{hidden['image']}",
        f"/run/{hidden['run']}",
        "/plan/secret-one",
        "/api/v1/sets",
    ):
        page = browser.get(url)
        assert page.status_code == 200, url
        assert WORD in page.text, url
    with browser.get(f"/thumbnails/{hidden['image']}.png") as picture:
        assert picture.status_code == 200


@pytest.mark.parametrize("kind", ["set", "collection"])
def test_who_is_invited_sees_it_and_changes_it_only_when_invited_to(
    place: Place, kind: str
) -> None:
    bea, name = place.browser("bea"), place.hidden[kind]
    image = f"/image/{place.hidden['image']}"
    assert bea.get(f"/{kind}/{name}").status_code == 404
    anna = place.browser("anna")
    url = f"/{kind}/{name}/sharing"
    assert anna.post(url, f"{url}/invite", account="bea", right="view")
    assert WORD in bea.get(f"/{kind}/{name}").text
    assert WORD in bea.get(image).text
    assert "bea" in bea.get(url).text
    if kind == "set":
        refused = place.change(bea, "/set/quiet-one/undo", number="1")
        assert refused.status_code == 403
        assert "You may see this, not change it" in refused.text
    # what somebody was shown they cannot publish as their own
    made = place.change(bea, "/collection/closed-one/set", **{"set-name": "taken"})
    assert made.status_code in (403, 404)
    assert place.change(bea, f"{url}/invite", account="ben").status_code in (400, 403)
    assert anna.post(url, f"{url}/invite", account="bea", right="edit")
    if kind == "set":
        root = place.workspace.record("set", "quiet-one")
        assert teams.seen_by(
            place.workspace, accounts.account(place.workspace, "bea")
        ).may_edit(root)
    assert anna.post(url, f"{url}/uninvite", account="bea").status_code == 302
    assert bea.get(f"/{kind}/{name}").status_code == 404
    assert bea.get(image).status_code == 404


def _make_set(browser, name, **fields):  # type: ignore[no-untyped-def]
    """Make a set of all images of the collection that all teams see."""
    page = browser.get("/collection/open").text
    found = re.search(r'name="found" value="([0-9]+)"', page)
    given = {"act": "make", "what": "found", "found": found[1] if found else "0"}
    return browser.post(
        "/collection/open", "/collection/open", **given, **{"set-name": name}, **fields
    )


def test_a_name_of_a_hidden_set_is_free_for_everybody(place: Place) -> None:
    bea = place.browser("bea")
    for name in ("quiet-one", "new-name"):
        page = _make_set(bea, name)
        assert page.status_code in (302, 303)
        assert page.location == f"/set/{name}-team-b"
        assert bea.get(page.location).status_code == 200
    assert _make_set(bea, "quiet-one").status_code == 400
    assert place.browser("anna").get("/set/quiet-one-team-b").status_code == 404


def test_a_reader_asks_the_public_store_and_the_staff_everything(
    standing: Place,
) -> None:
    counted = "SELECT (COUNT(?i) AS ?n) { ?i a fi:Image }"
    for who, least in (("ben", 0), ("bea", 0), ("staff", 4)):
        page = standing.browser(who).post(
            "/query", "/query", query=counted, format="csv"
        )
        number = int(page.text.splitlines()[1])
        assert number == 0 if not least else number >= least, who


def test_somebody_in_two_teams_is_asked_which_one(place: Place) -> None:
    workspace = place.workspace
    teams.join(workspace, "Team A", "bea")
    bea = place.browser("bea")
    assert '<select id="team" name="team">' in bea.get("/collection/open").text
    made = _make_set(bea, "chosen", team="team-b")
    found = workspace.record("set", made.location.rpartition("/")[2])
    assert teams.sharing_of(workspace, found).team.title == "Team B"


def test_who_is_in_no_team_makes_nothing_and_is_told_whom_to_ask(place: Place) -> None:
    workspace = place.workspace
    collection = workspace.record("collection", "open")
    accounts.create(workspace, "zoe", password=PASSWORD, role="researcher")
    teams.invite(workspace, collection, "zoe", may_edit=True)
    zoe = place.browser("zoe")
    assert "Your account is in no team yet" in zoe.get("/").text
    page = _make_set(zoe, "x")
    assert page.status_code == 400
    assert "Your account is in no team" in page.text


def test_an_administrator_makes_a_team_and_gives_it_what_belongs_to_none(
    place: Place,
) -> None:
    boss, url = place.browser("boss"), "/admin/accounts"
    workspace = place.workspace
    sets.create(workspace, "old", author="x", title="Old one", images="collection=open")
    assert "1 set, collection or plan belongs to no team" in boss.get(url).text
    made = boss.post(url, "/admin/teams", **{"team-title": "Team C"})
    assert made.status_code == 302
    assert boss.post(url, "/admin/teams/team-c/join", account="ben").status_code == 302
    assert place.browser("ben").get("/set/old").status_code == 404
    given = boss.post(url, "/admin/teams/give", **{"to-team": "team-c"})
    assert given.status_code == 302
    assert "Old one" in place.browser("ben").get("/set/old").text
    assert boss.post(url, "/admin/teams/team-c/leave", account="ben").status_code == 302
    assert place.browser("ben").get("/set/old").status_code == 404


def _seen(place: Place, name: str) -> Workspace:
    account = accounts.account(place.workspace, name)
    return teams.seen_by(place.workspace, account)


def _said_of_scope(place: Place) -> object:
    workspace = place.workspace
    return workspace.catalogue.effective(workspace.record("instrument", "scope"))


FOR_SCOPE = ("image.instrument.title", "Scope of Bea")


def test_answers_of_a_researcher_stay_out_of_the_microscope_record(
    place: Place,
) -> None:
    seen, before = _seen(place, "bea"), _said_of_scope(place)
    root = seen.record("set", "own")
    values = [("title", "A new title"), FOR_SCOPE]
    done = repair.set_values(seen, root, values, author="bea")
    assert _said_of_scope(place) == before
    assert done.records == 1
    assert any("the keepers of" in note and "ask them" in note for note in done.notes)
    assert "A new title" in place.browser("bea").get("/set/own").text


def test_a_correction_of_the_microscope_record_alone_is_refused_in_words(
    place: Place,
) -> None:
    seen, before = _seen(place, "bea"), _said_of_scope(place)
    with pytest.raises(InputError, match="kept by the staff"):
        repair.set_values(seen, seen.record("set", "own"), [FOR_SCOPE], author="bea")
    assert _said_of_scope(place) == before


def test_the_staff_corrects_it_and_is_told_that_it_counts_for_all(place: Place) -> None:
    root = place.workspace.record("set", "own")
    done = repair.set_values(place.workspace, root, [FOR_SCOPE], author="staff")
    assert done.records == 1
    assert any("goes into the record of" in note for note in done.notes)


@pytest.mark.parametrize("kind", ["instrument", "quality-run", "organisation"])
def test_no_door_lets_a_researcher_write_into_a_record_of_the_facility(
    place: Place, kind: str
) -> None:
    seen, whole = _seen(place, "bea"), place.workspace
    record = whole.mint(kind, "scope" if kind == "instrument" else "control")
    if kind != "instrument":
        made = Edits(whole.catalogue, person_source(whole, "staff"))
        made.describe_as(record, KINDS[kind].class_iri)
        made.append("staff", "made")
    edits = Edits(seen.catalogue, person_source(seen, "bea"))
    edits.put(record, [(expand("dcterms:title"), literal("Taken"))])
    with pytest.raises(InputError, match="kept by the staff"):
        edits.append("bea", "test")


def test_a_sample_of_two_teams_is_changed_by_the_staff_alone(place: Place) -> None:
    seen, whole = _seen(place, "bea"), place.workspace
    images = images_of(whole, whole.record("set", "own"))
    ours = images_of(whole, whole.record("collection", "closed-one"))
    edits = Edits(whole.catalogue, person_source(whole, "staff"))
    sample = whole.mint("sample", "both")
    edits.describe_as(sample, KINDS["sample"].class_iri)
    for image in (images[1], next(one for one in ours if one not in images)):
        edits.put(image, [(expand("fi:sample"), iri(sample))])
    edits.append("staff", "one sample")
    assert seen.sees(sample)
    assert not seen.may_edit(sample)
