"""What is asked of a subject: requirements by name, the usual ones, those of plans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks import claimed_tier, profiles
from fair_imagic.publish.registry import available as targets
from fair_imagic.publish.registry import usual_profiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fair_imagic.checks import Profile
    from fair_imagic.model import Snapshot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Requirements",
    "chosen_profiles",
    "is_plan",
    "requirements_of",
]


@dataclass(frozen=True)
class Requirements:
    """What is asked of a subject: profiles, and the tier that it claims.

    ``snapshot`` is what they look at: a plan looks at publications too.
    """

    snapshot: Snapshot
    profiles: list[Profile]
    declared: int | None


def requirements_of(
    workspace: Workspace,
    snapshot: Snapshot,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
) -> Requirements:
    """Return what is asked of a subject.

    ``names`` are tokens of requirements, by default the usual ones; ``dmp`` is the plan
    that the set fulfils, ``dmp:NAME`` a plan by its name. ``extra`` is a folder with
    more of them; ``declared_tier`` the NBO-Q tier claimed, by default that of the
    set's record. Raises :class:`~fair_imagic.errors.NotFoundError` for a name that
    stands for nothing.
    """
    fixed = [one for one in names if not is_plan(one)]
    claimed = declared_tier or claimed_tier(snapshot)
    wanted = []
    if fixed or not names or declared_tier is not None:
        tier = declared_tier if names else claimed
        wanted = chosen_profiles(fixed, extra=extra, declared_tier=tier)
    for token in dict.fromkeys(filter(is_plan, names)):
        from fair_imagic.workflow.checking import plan_checks

        wanted += plan_checks.plan_profiles(workspace, token, snapshot.root)
        snapshot = plan_checks.with_publications(workspace, snapshot)
    return Requirements(snapshot, wanted, claimed)


def is_plan(token: str) -> bool:
    """Return whether requirements are those of a plan."""
    return token.partition(":")[0] == profiles.PLAN


def chosen_profiles(
    names: Sequence[str],
    *,
    extra: Path | None = None,
    declared_tier: int | None = None,
    alone: bool = False,
) -> list[Profile]:
    """Return the requirements that are asked for, the usual ones by default.

    What stops an archive beside its own rules comes with it, unless they are asked
    ``alone``: other people's documents have no place for what the law wants to know.
    """
    available = profiles.available(extra=extra)
    wanted = list(names) or [name for name in usual_profiles() if name in available]
    if not names and extra is not None:
        wanted += [name for name in available if name not in profiles.available()]
    if declared_tier is not None:
        tier = f"nboq-tier-{declared_tier}"
        wanted = [name for name in wanted if not name.startswith("nboq-tier-")]
        wanted.append(tier)
    beside = {} if alone else _beside(available.values())
    all_names = [one for name in wanted for one in (name, *beside.get(name, ()))]
    return [
        replace(
            profiles.load(name, extra=extra),
            beside=beside.get(name, ()),
            asked=name in wanted,
        )
        for name in dict.fromkeys(all_names)
    ]


def _beside(known: Iterable[Profile]) -> dict[str, tuple[str, ...]]:
    """Return by archive what stops it beside its own rules, as `publish` asks it.

    A tier is a claim: it stops nothing.
    """
    tokens_of = {one.token: one.tokens for one in known}
    return {
        token: tuple(
            one
            for one in target.profiles
            if one in tokens_of
            and one not in tokens_of[token]
            and not one.startswith("nboq-tier-")
        )
        for token, target in targets().items()
        if token in tokens_of
    }
