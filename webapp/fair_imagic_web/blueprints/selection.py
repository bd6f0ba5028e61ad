"""Choosing images: from a collection, a set or everything, for a set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.i18n import _, count_text, ngettext
from fair_imagic.views import chooser as chooser_view
from fair_imagic.views import collection as collection_view
from fair_imagic.views import set as set_view
from fair_imagic.workflow.base.label import name_of
from fair_imagic.workflow.correcting import correction
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.images.search import Search, images_found
from fair_imagic.workflow.sets import publication_set as sets_use
from fair_imagic_web import access, form
from fair_imagic_web.access import role
from fair_imagic_web.blueprints.corrections import corrected
from fair_imagic_web.choice import chosen_under, keep_choice
from fair_imagic_web.page import record_url
from fair_imagic_web.service import workspace
from fair_imagic_web.tabs import set_tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.wrappers import Response as AnyResponse

    from fair_imagic.views.chooser import Chooser
    from fair_imagic.workflow.images.listed import ListedImage

    Visible = Callable[[ListedImage], bool] | None

__all__ = ["blueprint", "collection_page", "set_page"]

blueprint = Blueprint("selection", __name__)
# Conditions of a search, as fields of a form and in an address.
_CONDITIONS = {
    "search": "text",
    "collection": "collection",
    "microscope": "microscope",
    "sample": "sample",
    "objective": "objective",
    "from": "since",
    "until": "until",
    "tag": "tag",
}
_LOOK, _LOOKS = "look", ("grid", "table")
_YEAR_S = 365 * 24 * 3600
_DEEDS = ("make", "add", "remove")
_MOST = 200
_MOST_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What a page tells of an act that failed: errors by field, what was entered."""

    errors: Mapping[str, str] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()
    entered: str = ""


_NOTHING = _Told()


@dataclass(frozen=True, kw_only=True)
class _List:
    """A list to choose from: where, at which address, how it is drawn.

    ``target`` is the set that an act is for, where the form does not name it.
    """

    place: str
    address: str
    draw: Callable[[_Told], AnyResponse]
    visible: Visible = None
    target: str = ""


@blueprint.get("/images")
@role("reader")
def images() -> AnyResponse:
    """Search all images."""
    return _images(_NOTHING)


@blueprint.post("/images")
@role("researcher")
def choose() -> AnyResponse:
    """Choose among all images."""
    return _act(_List(place="", address=url_for(".images"), draw=_images))


def _images(told: _Told) -> AnyResponse:
    return _drawn("images.html", "", url_for(".images"), told)


def collection_page(name: str, told: _Told = _NOTHING) -> AnyResponse:
    """Draw a collection with its images."""
    page = collection_view.collection_page(workspace(), name)
    address = record_url(page.row.iri)
    return _drawn("collection.html", f"collection={name}", address, told, page=page)


@blueprint.post("/collection/<name>")
@role("researcher")
def choose_in_collection(name: str) -> AnyResponse:
    """Choose among the images of a collection."""
    return _act(
        _List(
            place=f"collection={name}",
            address=url_for("catalogue.collection", name=name),
            draw=lambda told: collection_page(name, told),
        )
    )


def set_page(name: str, told: _Told = _NOTHING) -> AnyResponse:
    """Draw the images of a set."""
    page = set_view.set_page(workspace(), name)
    return _drawn(
        "set_images.html",
        f"set={name}",
        record_url(page.row.iri),
        told,
        page=page,
        tab="images",
        tabs=set_tabs(page),
        corrected=corrected(),
    )


@blueprint.post("/set/<name>")
@role("researcher")
def choose_in_set(name: str) -> AnyResponse:
    """Choose among the images of a set."""
    return _act(
        _List(
            place=f"set={name}",
            address=url_for("catalogue.set_", name=name),
            draw=lambda told: set_page(name, told),
            target=name,
        )
    )


@blueprint.get("/set/<name>/add")
@role("researcher")
def more(name: str) -> AnyResponse:
    """Search all images for some that a set has not got yet."""
    return _more(name, _NOTHING)


@blueprint.post("/set/<name>/add")
@role("researcher")
def choose_more(name: str) -> AnyResponse:
    """Choose images that a set has not got yet."""
    return _act(
        _List(
            place="",
            address=url_for(".more", name=name),
            draw=lambda told: _more(name, told),
            visible=_outside(name),
            target=name,
        )
    )


def _more(name: str, told: _Told) -> AnyResponse:
    page = set_view.set_page(workspace(), name)
    return _drawn(
        "set_add.html",
        "",
        url_for(".more", name=name),
        told,
        visible=_outside(name),
        page=page,
        tab="images",
        tabs=set_tabs(page),
    )


def _outside(name: str) -> Callable[[ListedImage], bool]:
    members = frozenset(images_of(workspace(), workspace().record("set", name)))
    return lambda one: one.iri not in members


@blueprint.post("/set/<name>/images/undo")
@role("researcher")
def take_back(name: str) -> AnyResponse:
    """Take back that images came into a set or went out."""
    number = form.text("number", most=form.MOST_DIGITS)
    if not number.isdecimal():
        raise InputError(_("Name the change by its number"), found=number)
    done = correction.take_back(workspace(), name, int(number), author=access.author())
    count = len(images_of(workspace(), workspace().record("set", name)))
    words = ngettext(
        "Change {number} is taken back by change {new}: {count} image in the set.",
        "Change {number} is taken back by change {new}: {count} images in the set.",
        count,
    )
    told = words.format(number=number, new=done.number, count=count_text(count))
    flash(told, "good")
    return redirect(url_for("catalogue.set_", name=name))


def _search(place: str) -> Search:
    given = {
        name: request.values.get(key, "")[:_MOST].strip()
        for key, name in _CONDITIONS.items()
    }
    return Search(place=place, **given)


def _found(search: Search, chosen: frozenset[str], visible: Visible) -> Chooser:
    start = request.values.get("start", "")
    is_number = start.isdecimal() and len(start) <= _MOST_DIGITS
    return chooser_view.chooser(
        workspace(),
        search,
        order=request.values.get("order", ""),
        start=int(start) if is_number else 0,
        chosen=chosen,
        visible=visible,
    )


def _drawn(
    template: str,
    place: str,
    address: str,
    told: _Told,
    *,
    visible: Visible = None,
    **more_told: object,
) -> AnyResponse:
    """Draw a page of a list to choose from, and remember how it is looked at."""
    look = request.args.get(_LOOK) or request.cookies.get(_LOOK, "")
    errors = dict(told.errors)
    chosen = told.chosen or chosen_under(request.args.get("chosen", ""))
    try:
        found = _found(_search(place), chosen, visible)
    except InputError as error:
        # a day that is none: all else that was asked for is shown
        errors["from"] = f"{error.message}: {error.found}"
        found = _found(Search(place=place, text=_search(place).text), chosen, visible)
    may = access.allowed("researcher")
    html = render_template(
        template,
        chooser=found,
        address=address,
        look=look if look in _LOOKS else _LOOKS[0],
        key=keep_choice(found.chosen),
        sets=chooser_view.set_choices(workspace()) if may else (),
        errors=errors,
        entered=told.entered,
        **more_told,
    )
    answer = make_response(html, 400 if errors else 200)
    if request.args.get(_LOOK) in _LOOKS:
        answer.set_cookie(_LOOK, look, max_age=_YEAR_S, httponly=True, samesite="Lax")
    return answer


def _chosen() -> frozenset[str]:
    """Return what was chosen on other pages of the list, and is ticked on this one."""
    shown = request.form.get("shown", "").split()
    before = chosen_under(request.form.get("chosen", ""))
    return before - set(shown) | set(request.form.getlist("image"))


def _act(here: _List) -> AnyResponse:
    """Do what the button of a list says; pages of the list keep search and choice."""
    act, _colon, detail = request.form.get("act", "find").partition(":")
    chosen = _chosen()
    if act in _DEEDS:
        return _done(act, here, chosen)
    if act == "page-all":
        chosen |= set(request.form.get("shown", "").split())
    if act == "none":
        chosen = frozenset()
    stays = act in ("page-all", "none", "look")
    asked = {key: form.text(key, most=_MOST) for key in (*_CONDITIONS, "order")}
    asked["start"] = form.text("start", most=_MOST_DIGITS) if stays else ""
    if act in ("start", "look"):
        asked[act] = detail
    asked["chosen"] = keep_choice(chosen)
    told = {key: text for key, text in asked.items() if text not in ("", "0")}
    question = f"?{urlencode(told)}" if told else ""
    return redirect(f"{here.address}{question}", code=303)


def _done(act: str, here: _List, chosen: frozenset[str]) -> AnyResponse:
    """Make a set of the images, or add them to one, or take them out of it."""
    expected = None
    search = Search(place=here.place)
    if request.form.get("what") == "found":
        search = _search(here.place)
        shown = form.text("found", most=_MOST_DIGITS)
        expected = int(shown) if shown.isdecimal() else 0
    found = images_found(workspace(), search, visible=here.visible)
    images = [
        one.iri for one in found if expected is not None or name_of(one.iri) in chosen
    ]
    name = form.text("set-name", most=80)
    errors = _missing(act, here, images)
    if not errors:
        try:
            if act == "make":
                return _made(name, images, expected)
            target = here.target or form.text("to", most=_MOST)
            return _changed(act, target, images, expected)
        except (ConflictError, InputError, NotFoundError) as error:
            field = "set-name" if act == "make" else "what"
            errors = {field: " · ".join(filter(None, (error.message, error.found)))}
    return here.draw(_Told(errors=errors, chosen=chosen, entered=name))


def _missing(act: str, here: _List, images: list[str]) -> dict[str, str]:
    if not images:
        return {"what": _("Tick images, or say that all that were found are meant.")}
    if act == "make" and not form.text("set-name", most=80):
        return {"set-name": _("Enter a short name.")}
    if act == "add" and not here.target and not request.form.get("to"):
        return {"to": _("Choose a set.")}
    return {}


def _made(name: str, images: list[str], expected: int | None) -> AnyResponse:
    made = sets_use.create(
        workspace(), name, author=access.author(), images=images, expected=expected
    )
    words = ngettext(
        "The set {name} is made, with {count} image.",
        "The set {name} is made, with {count} images.",
        len(images),
    )
    flash(words.format(name=name, count=count_text(len(images))), "good")
    return redirect(record_url(made), code=303)


def _changed(
    act: str, name: str, images: list[str], expected: int | None
) -> AnyResponse:
    change = sets_use.add if act == "add" else sets_use.remove
    done = change(
        workspace(), name, author=access.author(), images=images, expected=expected
    )
    flash(_change_words(act, done), "good" if done.number else "should")
    address = url_for("catalogue.set_", name=name, corrected=done.number)
    return redirect(address, code=303)


def _change_words(act: str, done: sets_use.Membership) -> str:
    if done.number is None:
        return _("Nothing had to be changed.")
    if act == "add":
        words = ngettext(
            "{count} image added. Change {number}.",
            "{count} images added. Change {number}.",
            done.count,
        )
    else:
        words = ngettext(
            "{count} image taken out; it stays in the catalogue. Change {number}.",
            "{count} images taken out; they stay in the catalogue. Change {number}.",
            done.count,
        )
    return words.format(count=count_text(done.count), number=done.number)
