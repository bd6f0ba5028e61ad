"""Texts: statements as sorted lines give what tuples of them give."""

import hashlib
import threading

from hypothesis import given
from hypothesis import strategies as st

from fair_imagic.model import RecordGraph, Snapshot
from fair_imagic.model.snapshot import CONTEXT_GRAPH
from fair_imagic.rdf import iri

ROOT = "https://x.org/a"
# Records whose IRIs begin alike: `<a-b>` stands between `<a#c>` and `<a>`.
SUBJECTS = [
    f"<https://x.org/{name}>"
    for name in ("a", "a#c", "a#c-1", "a-b", "a-b#c", "a0", "a/1", "ab", "b", "b#z")
]
PREDICATES = ["<https://x.org/p>", "<https://x.org/p2>", iri("rdf:type")]
VALUES = [
    *('"x"', '"x"@en', '"x"^^<https://x.org/t>', '"a .\\n b"', '"\u2028 \u0085"'),
    *('"<https://x.org/a> <https://x.org/p> \\"q\\" ."', *SUBJECTS[:4]),
]
TRIPLES = st.sets(
    st.tuples(
        st.sampled_from(SUBJECTS), st.sampled_from(PREDICATES), st.sampled_from(VALUES)
    )
)


def lines_of(own, context):
    lines = [f"{s} {p} {o} .\n" for s, p, o in own]
    lines += [f"{s} {p} {o} {CONTEXT_GRAPH} .\n" for s, p, o in context - own]
    return sorted(lines)


@given(own=TRIPLES, context=TRIPLES)
def test_the_hash_is_that_of_the_sorted_quads(own, context):
    snapshot = Snapshot.make(ROOT, own=own, context=context)
    text = "".join(lines_of(own, context))
    assert snapshot.to_nquads() == text
    assert snapshot.hash == hashlib.sha256(f"<{ROOT}>\n{text}".encode()).hexdigest()


@given(own=TRIPLES, context=TRIPLES)
def test_statements_come_back_sorted_own_ones_apart(own, context):
    snapshot = Snapshot.make(ROOT, own=own, context=context)
    assert snapshot.own == tuple(sorted(own))
    assert snapshot.context == tuple(sorted(context - own))
    assert snapshot.own_subjects == {s for s, _p, _o in own}
    inner = {s[1:-1] for s, _p, _o in context - own} - {s[1:-1] for s, _p, _o in own}
    assert snapshot.context_subjects == inner


@given(own=TRIPLES, context=TRIPLES, more=TRIPLES, around=TRIPLES)
def test_more_statements_give_what_making_it_anew_gives(own, context, more, around):
    made = Snapshot.make(ROOT, own=own | more, context=context | around)
    added = Snapshot.make(ROOT, own=own, context=context)
    added = added.with_more(own=more, context=around)
    assert added == made
    assert added.hash == made.hash


@given(own=TRIPLES, context=TRIPLES)
def test_statements_are_found_by_predicate_and_by_value(own, context):
    snapshot = Snapshot.make(ROOT, own=own, context=context)
    path = PREDICATES[0][1:-1]
    assert set(snapshot.own_with(path)) == {t for t in own if t[1] == PREDICATES[0]}
    found = set(snapshot.with_values(SUBJECTS[:2]))
    assert found == {t for t in own | context if t[2] in SUBJECTS[:2]}


def test_what_is_said_of_the_root_can_be_replaced():
    root, part = f"<{ROOT}>", f"<{ROOT}#c>"
    other = ("<https://x.org/b>", PREDICATES[0], '"x"')
    snapshot = Snapshot.make(
        ROOT, own=[other], context=[(root, PREDICATES[0], '"x"'), other]
    )
    said = [(root, PREDICATES[1], '"y"'), (part, PREDICATES[1], '"z"')]
    replaced = snapshot.with_root(said)
    assert set(replaced.own) == {other, *said}
    assert replaced.context == ()


@given(triples=TRIPLES, asked=st.lists(st.sampled_from(SUBJECTS)))
def test_a_graph_of_texts_answers_like_one_of_statements(triples, asked):
    lazy = Snapshot.make(ROOT, own=triples).graph
    whole = RecordGraph(sorted(triples))
    for subject in (*asked, SUBJECTS[0]):
        name = subject[1:-1]
        assert lazy.describe(name) == whole.describe(name)
        assert lazy.types(name) == whole.types(name)
        assert (name in lazy) == (name in whole)
    assert lazy.kinds == whole.kinds
    assert lazy.triples == whole.triples
    assert len(lazy) == len(whole)
    assert lazy.referring_to(ROOT) == whole.referring_to(ROOT)


def test_threads_that_ask_for_one_record_at_once_all_find_it():
    values = [f'"{number}"' for number in range(2000)]
    own = [(f"<{ROOT}>", PREDICATES[0], value) for value in values]
    for _again in range(5):
        graph = Snapshot.make(ROOT, own=own).graph
        found: list[int] = []
        ready = threading.Barrier(4)

        def ask(graph=graph, found=found, ready=ready) -> None:
            ready.wait()
            found.append(len(graph.values(ROOT, PREDICATES[0][1:-1])))

        threads = [threading.Thread(target=ask) for _one in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [len(values)] * 4
