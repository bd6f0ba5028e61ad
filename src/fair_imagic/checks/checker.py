"""The check: a snapshot and profiles in, a report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.checks.data_snapshot import DataSnapshot
from fair_imagic.checks.expectation import expectation_words
from fair_imagic.checks.finding import Finding, Severity
from fair_imagic.checks.guards import guard_findings
from fair_imagic.checks.node_tests import node_test
from fair_imagic.checks.nodes import Nodes
from fair_imagic.checks.report import Answers, Report
from fair_imagic.checks.requirements import MODEL, compile_requirements
from fair_imagic.checks.rule import Rule
from fair_imagic.checks.shacl import Evaluation, Result, evaluate_again
from fair_imagic.checks.tally import Tally
from fair_imagic.checks.unnamed_rule import owner_and_code
from fair_imagic.checks.value_tests import value_test
from fair_imagic.clock import now
from fair_imagic.entry.choice import name_of_word
from fair_imagic.entry.shown import shown
from fair_imagic.entry.thing import thing_name
from fair_imagic.errors import InputError
from fair_imagic.i18n import LANGUAGES, _, both, in_languages
from fair_imagic.model import ANSWERS, slot_for
from fair_imagic.rdf import Term, curie, iri, is_iri, text_of
from fair_imagic.resources import folder as resource_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fair_imagic.checks.override import Override
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.requirements import Requirements
    from fair_imagic.model import Snapshot

__all__ = ["Origin", "Progress", "check"]

Origin = Callable[[str, str, str | None], "Mapping[str, str]"]
_TYPE = iri("rdf:type")
_ANSWERS = frozenset(iri(answer) for answer in ANSWERS)
# One that stays: lists of nodes are remembered by the identity of such sets.
_NOBODY: frozenset[str] = frozenset()
Progress = Callable[[int, int, str], None]


def check(
    snapshot: Snapshot,
    profiles: Sequence[Profile],
    *,
    origin: Origin | None = None,
    progress: Progress | None = None,
    overrides: Sequence[Override] = (),
    counted: Sequence[Profile] = (),
) -> Report:
    """Check a snapshot against profiles and return every point to fix.

    ``origin`` is asked with the IRI of the node, the IRI of the property and the value
    as a term (None for a missing one) and answers in each language where the value
    comes from (nothing where nobody knows).
    ``progress`` is called with steps done, steps in all, and what is being done.
    ``overrides`` are decisions of the facility: what they cover no longer blocks.
    ``counted`` are more requirements: where it is certain what a rule of theirs gives,
    the report has the number alone.
    Raises :class:`~fair_imagic.errors.InputError` for an empty snapshot, no profile, or
    shapes that cannot be read.
    """
    _refuse_nothing(snapshot, profiles)
    step = _steps(progress, total=3)
    step(_("Reading the requirements"))
    kinds = snapshot.graph.kinds.items()
    typed = ((node, _TYPE, kind) for node, found in kinds for kind in found)
    requirements = compile_requirements([*profiles, *counted], data=typed)
    data = DataSnapshot(snapshot)
    text = _("Checking {statements} statements by {rules} rules")
    step(text.format(statements=data.size, rules=len(requirements.rules)))
    brief = _only_of(counted, profiles, requirements)
    evaluation = evaluate_again(
        requirements.shapes, data, subject=snapshot.root, counted=brief
    )
    text = _("Writing the report of {count} results")
    step(text.format(count=len(evaluation.results)))
    work = _Check(snapshot, [*profiles, *counted], requirements, evaluation, origin)
    return work.report(tuple(overrides))


def _only_of(
    counted: Sequence[Profile], profiles: Sequence[Profile], requirements: Requirements
) -> frozenset[Term]:
    """Return the shapes that only the requirements to be counted have."""
    listed = {MODEL, *(token for profile in profiles for token in profile.tokens)}
    return frozenset(
        iri(rule.iri)
        for rule in (requirements.rules.values() if counted else ())
        if rule.profile not in listed and not (rule.test or rule.node_test)
    )


def _refuse_nothing(snapshot: Snapshot, profiles: Sequence[Profile]) -> None:
    if not profiles:
        raise InputError(
            _("No requirements were named"),
            hint=_("Name at least one archive or standard"),
        )
    if not snapshot.own_texts:
        raise InputError(
            _("There is nothing to check"),
            where=snapshot.root,
            expected=_("a record with at least one statement"),
        )


def _steps(progress: Progress | None, *, total: int) -> Callable[[str], None]:
    done = iter(range(total))

    def step(text: str) -> None:
        if progress is not None:
            progress(next(done), total, text)

    return step


class _Check:
    """One check under way: turns the engine's results into findings."""

    def __init__(
        self,
        snapshot: Snapshot,
        profiles: Sequence[Profile],
        requirements: Requirements,
        evaluation: Evaluation,
        origin: Origin | None,
    ) -> None:
        self.snapshot = snapshot
        self.profiles = tuple(profiles)
        self.requirements = requirements
        self.evaluation = evaluation
        self.origin = origin
        self.nodes = Nodes(snapshot, requirements.superclasses)
        self._expected: dict[tuple[str, tuple[str, ...]], Mapping[str, str]] = {}
        self._counted: dict[tuple[int, str], list[str]] = {}
        self._numbers: dict[tuple[int, str], int] = {}
        # The model's own rules look at context only where a profile is about it.
        self.wanted = frozenset(name for p in profiles for name in p.about)

    def report(self, overrides: tuple[Override, ...]) -> Report:
        own = map(text_of, self.snapshot.own_subjects)
        found = {
            f.sort_key: f for f in guard_findings(self.nodes, self.profiles, own=own)
        }
        for finding in (*self._from_shapes(), *self._from_tests()):
            found.setdefault(finding.sort_key, finding)
        return Report(
            subject=self.snapshot.root,
            subject_label=self.nodes.label(self.snapshot.root),
            profiles=self.profiles,
            findings=tuple(found[key] for key in sorted(found)),
            checked_at=now(),
            focus_counts=self._focus_counts(),
            snapshot_hash=self.snapshot.hash,
            answers=self._answers(),
            overrides=overrides,
            tallies=tuple(self._tallies()),
        )

    def _tallies(self) -> Iterator[Tally]:
        for shape, nodes in self.evaluation.certain.items():
            rule = self.requirements.rules[shape]
            count = sum(self._counts(rule, node) for node in nodes)
            if count:
                yield Tally(rule, count)

    def _from_shapes(self) -> Iterator[Finding]:
        for result in self.evaluation.results:
            rule = self.requirements.rules.get(result.shape)
            if rule is None:
                yield self._finding(self._unnamed(result), result)
            elif self._counts(rule, result.focus):
                yield self._finding(rule, result)

    def _from_tests(self) -> Iterator[Finding]:
        """Yield the findings of the tests in Python, on the same nodes."""
        for rule in self.requirements.rules.values():
            if not (rule.test or rule.node_test):
                continue
            name = rule.test or rule.node_test
            for focus in self._looked_at(rule):
                for term in self._failing(rule, focus):
                    path = rule.path or self._path_of(focus, term)
                    result = Result(rule.iri, focus, path, term, name, "")
                    yield self._named(self._finding(rule, result), rule)

    def _failing(self, rule: Rule, focus: str) -> Iterator[Term | None]:
        if rule.node_test:
            yield from node_test(rule.node_test)(self.snapshot.graph, focus)
        if rule.test:
            passes = value_test(rule.test)
            values = self.nodes.values(focus, rule.path)
            yield from (term for term in values if not passes(text_of(term)))

    def _path_of(self, focus: str, term: Term | None) -> str:
        """Return the field in which a test of a whole node found a value."""
        return "" if term is None else self.nodes.path_of(focus, term)

    def _named(self, finding: Finding, rule: Rule) -> Finding:
        """Return the point with the name of the field in which a test found it."""
        if rule.path or not finding.path:
            return finding
        label = self._field_label(finding.focus, finding.path)
        return replace(finding, path_label=label)

    def _counts(self, rule: Rule, focus: str) -> bool:
        profile = self.requirements.profiles[rule.profile]
        return self.nodes.in_scope(focus, profile, self.wanted)

    def _looked_at(self, rule: Rule) -> list[str]:
        """Return the nodes that a rule counts for; rules share these lists."""
        focus = self.evaluation.focus_nodes.get(rule.iri, _NOBODY)
        key = (id(focus), rule.profile)
        if key not in self._counted:
            context = self.snapshot.context_subjects
            inside = [n for n in focus if n not in context or self._counts(rule, n)]
            self._counted[key] = sorted(inside)
        return self._counted[key]

    def _how_many(self, rule: Rule) -> int:
        """Return how many nodes a rule counts for."""
        focus = self.evaluation.focus_nodes.get(rule.iri, _NOBODY)
        key = (id(focus), rule.profile)
        if key not in self._numbers:
            around = focus & self.snapshot.context_subjects
            outside = sum(not self._counts(rule, node) for node in around)
            self._numbers[key] = len(focus) - outside
        return self._numbers[key]

    def _focus_counts(self) -> Mapping[str, int]:
        rules = sorted(self.requirements.rules.values(), key=lambda rule: rule.code)
        counts = {rule.code: self._how_many(rule) for rule in rules}
        return {
            code: count
            for code, count in counts.items()
            if count or not code.startswith(f"{MODEL}/")
        }

    def _unnamed(self, result: Result) -> Rule:
        """Return a rule for a shape without a name: its point is shown all the same."""
        text = result.message or result.component
        path = result.path
        name = in_languages(lambda: thing_name(path) or path) if path else {}
        owner, code = owner_and_code(
            result, self.requirements.shapes.triples, self._own_first()
        )
        return Rule(
            iri=result.shape,
            code=code,
            profile=owner.token,
            severity=Severity.MUST,
            blocks=owner.blocks,
            path=result.path,
            name=name or dict.fromkeys(LANGUAGES, ""),
            message=dict.fromkeys(LANGUAGES, text),
            repair=both("Correct the value so that it follows the requirement."),
            who="anyone",
            clause={},
            test="",
        )

    def _own_first(self) -> list[Profile]:
        """Return the profiles, first those that did not come with the product."""
        ours = resource_folder("shapes")
        asked = [*self.profiles, *self.requirements.profiles.values()]
        return sorted(asked, key=lambda one: one.folder.is_relative_to(ours))

    def _finding(self, rule: Rule, result: Result) -> Finding:
        path = rule.path or result.path
        value = self._value(path, result)
        return Finding(
            code=rule.code,
            severity=rule.severity,
            profile=rule.profile,
            blocks=rule.blocks,
            legal=rule.legal,
            focus=result.focus,
            focus_names=self.nodes.labels(result.focus),
            file=self.nodes.file(result.focus),
            path=path,
            path_label=rule.name,
            value=None if value is None else text_of(value),
            message=rule.message,
            repair=rule.repair,
            who=rule.who,
            origins=self._origins(result.focus, path, value),
            value_names=self._value_names(result.focus, path, value),
            expected=self._expected_of(rule, result.focus),
            clause=rule.clause,
            details={"constraint": result.component, "shape": rule.iri},
            kind=self.nodes.kind(result.focus),
            act=rule.act,
            term=result.value,
            result_path=result.path,
        )

    def _expected_of(self, rule: Rule, focus: str) -> Mapping[str, str]:
        """Return what would pass; made once for each rule and kind of thing."""
        classes = tuple(self.nodes.types(focus))
        key = (rule.iri, classes)
        if key not in self._expected:
            self._expected[key] = expectation_words(rule, classes)
        return self._expected[key]

    def _value(self, path: str, result: Result) -> Term | None:
        """Return the value to show: of a whole node's rule, what stands at its path."""
        if result.value is None or text_of(result.value) != result.focus:
            return result.value
        return min(self.nodes.values(result.focus, path), default=None)

    def _value_names(
        self, focus: str, path: str, value: Term | None
    ) -> Mapping[str, str]:
        if value is None:
            return {}
        text = text_of(value)
        if is_iri(value):
            names = self.nodes.names(text)
            if any(names.values()):
                return names
            return in_languages(lambda: thing_name(text) or text)
        names = in_languages(lambda: self._word(focus, path, value))
        return names if set(names.values()) != {text} else {}

    def _word(self, focus: str, path: str, value: Term) -> str:
        """Return a value as people read it.

        A value that the node does not have is a word of the rule, of any list.
        """
        found = (slot_for(class_iri, path) for class_iri in self.nodes.types(focus))
        slot = next(filter(None, found), None)
        text = shown(value, slot).text
        listed = slot is not None and bool(slot.values)
        if listed or value in self.nodes.values(focus, path):
            return text
        return name_of_word(text)

    def _origins(self, focus: str, path: str, value: Term | None) -> Mapping[str, str]:
        return {} if self.origin is None else self.origin(focus, path, value)

    def _answers(self) -> tuple[Answers, ...]:
        counts: Counter[tuple[str, str]] = Counter()
        labels: dict[str, Mapping[str, str]] = {}
        for subject, predicate, value in self.snapshot.with_values(_ANSWERS):
            if self._is_ours(text_of(subject)):
                path = text_of(predicate)
                counts[path, text_of(value)] += 1
                labels.setdefault(path, self._field_label(text_of(subject), path))
        return tuple(
            Answers(path=path, label=labels[path], answer=curie(answer), count=count)
            for (path, answer), count in sorted(counts.items())
        )

    def _is_ours(self, node: str) -> bool:
        return any(
            self.nodes.in_scope(node, profile, self.wanted) for profile in self.profiles
        )

    def _field_label(self, subject: str, path: str) -> Mapping[str, str]:
        for name in self.nodes.types(subject):
            slot = slot_for(name, path)
            if slot is not None:
                return dict(slot.label)  # one that can be sent to another process
        return in_languages(lambda: thing_name(path) or path)
