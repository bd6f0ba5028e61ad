"""What is next for a set, from how things are with it alone."""

from __future__ import annotations

import itertools

import pytest

from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.publish.base import Role
from fair_imagic.publish.state import State
from fair_imagic.views.destination import Door, Situation, acts_at
from fair_imagic.views.next_step import Destination, Standing, Step, Stop, path_of

_BOTH = (
    Destination(token="one", title="One", has_name=True),
    Destination(token="two", title="Two"),
)
_STOPS_ALL = frozenset({"one", "two"})


def _standing(**more: object) -> Standing:
    given = {"name": "s", "images": 3, "stops": (), "destinations": _BOTH, **more}
    return Standing(**given)  # type: ignore[arg-type]


def _stop(field: str = "", *targets: str) -> Stop:
    return Stop(field=field, targets=frozenset(targets) or _STOPS_ALL)


def _public(**more: object) -> tuple[Destination, ...]:
    given = {"state": State.PUBLISHED, "is_public": True, "page": "/p", **more}
    return (
        Destination(token="one", title="One", has_name=True, **given),  # type: ignore[arg-type]
        _BOTH[1],
    )


@pytest.mark.parametrize(
    ("standing", "words", "step"),
    [
        (_standing(images=0), "Add images", Step.IMAGES),
        (_standing(stops=None), "Check the set", Step.CHECK),
        (
            _standing(stops=(_stop("license"), _stop("creators"))),
            "Name an author",
            Step.DESCRIBE,
        ),
        (_standing(stops=(_stop(),), questions=3), "Answer 3 questions", Step.DESCRIBE),
        (_standing(stops=(_stop(), _stop())), "See 2 points to fix", Step.CHECK),
        (_standing(), "See what would be sent", Step.PUBLISH),
        (_standing(stops=(_stop("", "two"),)), "See what would be sent", Step.PUBLISH),
        (_standing(destinations=_public()), "See the page", Step.PUBLISH),
        (
            _standing(destinations=_public(changed=True)),
            "Publish changes",
            Step.PUBLISH,
        ),
        (
            _standing(destinations=_public(changed=True), stops=(_stop("title"),)),
            "Give it a full title",
            Step.DESCRIBE,
        ),
        (
            _standing(destinations=(Destination(token="x", title="X", state=s),))
            if (s := State.REFUSED)
            else None,
            "See what became of it",
            Step.PUBLISH,
        ),
    ],
)
def test_the_next_act_follows_from_how_things_are(standing, words, step):
    act = path_of(standing).act
    assert (act.words, act.step) == (words, step)


def _all_standings() -> list[Standing]:
    states = itertools.product(
        (0, 1, 2000),
        (None, (), (_stop(),), (_stop("title"), _stop("", "two"))),
        (None, 0, 2),
        (_BOTH, _public(), _public(changed=True), ()),
    )
    found = [
        _standing(images=n, stops=stops, questions=asked, destinations=where)
        for n, stops, asked, where in states
    ]
    return found + [
        _standing(destinations=(Destination(token="x", title="X", state=one),))
        for one in State
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_one_act_and_one_sentence_whatever_happens(language):
    with use_language(language):
        for standing in _all_standings():
            path = path_of(standing)
            assert path.act.words
            assert path.act.command.startswith("fair-imagic ")
            assert path.sentence.endswith((".", "…"))
            assert "{" not in path.sentence + path.act.words
            assert [row.step for row in path.steps] == list(Step)
            assert all("{" not in row.words for row in path.steps)


def test_the_sentence_names_the_archives_that_would_take_it():
    path = path_of(_standing(stops=(_stop("", "two"),)))
    assert path.sentence == "Ready for One; 1 thing to do for Two."
    path = path_of(_standing(stops=(_stop(), _stop("", "two"))))
    assert path.sentence == "Not ready to publish: 2 things to do."


@pytest.mark.parametrize("state", [None, *State])
@pytest.mark.parametrize("off", [True, False])
@pytest.mark.parametrize("stopped", [True, False])
@pytest.mark.parametrize("role", Role)
def test_a_card_offers_only_what_can_be_done_in_its_state(state, off, stopped, role):
    public = state is State.PUBLISHED
    given = {"role": role, "title": "X", "state": state, "is_public": public}
    acts = acts_at(Situation(**given, stopped=stopped, off=off, has_page=public))
    doors = [one.door for one in acts]
    if off or stopped or state is State.WITHDRAWN:
        assert Door.SEND not in doors or state in (State.SENDING, State.UNKNOWN)
    if public:
        assert doors[0] is Door.SEE
    assert acts_at(Situation(**given, fits=False)) == () or public


@pytest.mark.parametrize("role", Role)
def test_after_publication_nothing_is_asked_for_anew(role):
    given = {
        "role": role,
        "title": "X",
        "state": State.PUBLISHED,
        "is_public": True,
        "has_page": True,
    }
    words = [one.words for one in acts_at(Situation(**given))]
    assert words == ["See the page", "Ask the archive"]
    words = [one.words for one in acts_at(Situation(**given, changed=True))]
    assert words == ["Publish changes…", "See the page", "Ask the archive"]


def test_what_an_archive_has_does_not_rest_on_the_last_check() -> None:
    stale = path_of(_standing(destinations=_public(), is_fresh=False))
    assert (stale.kind, stale.sentence) == ("good", "Published: One.")
    open_yet = path_of(_standing(stops=(_stop(),), is_fresh=False))
    assert open_yet.kind == "wait"
    assert "Something has changed since" in open_yet.sentence
