"""The slot table: what changes in the schema changes there where it is said, once."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from fair_imagic.model import slots_of

if TYPE_CHECKING:
    from pathlib import Path

    from tools.generate_model.schema import Model

COMPONENT, ATTRIBUTES = "\n  Component:\n", "    attributes:\n"
SLOT = """      shelf:
        slot_uri: fi:shelf
        range: string
        title: Shelf
        annotations:
          fi:label_fr: 'Étagère'
"""


@pytest.mark.budget(120, "slot table of a changed schema")
def test_one_new_slot_is_one_new_line(
    schema_model: Model, repository: Path, tmp_path: Path
) -> None:
    from tools.generate_model.schema import load
    from tools.generate_model.slot_table import slot_table

    shutil.copytree(repository / "schema", tmp_path / "schema")
    path = tmp_path / "schema" / "instrument.yaml"
    text = path.read_text(encoding="utf-8")
    before, component, held = text.partition(COMPONENT)
    held = held.replace(ATTRIBUTES, ATTRIBUTES + SLOT, 1)
    path.write_text(before + component + held, encoding="utf-8")
    model = load(tmp_path / "schema" / "fair_imagic.yaml")
    # More than fifty classes have it.
    heirs = [n for n in model.classes.values() if "Component" in n.ancestors]
    assert len(heirs) > 50
    assert all("shelf" in {field.name for field in heir.fields} for heir in heirs)
    old, new = (slot_table(one).splitlines() for one in (schema_model, model))
    added = [line for line in new if line not in set(old)]
    assert [line.partition(":")[0] for line in added] == ['"Component.shelf"']
    assert [line for line in new if line not in added] == old


def test_what_is_inherited_is_filled_in(schema_model: Model) -> None:
    for name, node in schema_model.classes.items():
        slots = slots_of(name)
        assert [slot.name for slot in slots] == [field.name for field in node.fields]
        for slot, field in zip(slots, node.fields, strict=True):
            assert (slot.iri, slot.range, slot.values, slot.tier, slot.required) == (
                *(field.iri, field.range, field.values, field.tier, field.required),
            )


def test_no_slot_stands_twice_in_one_line_of_descent(
    schema_model: Model, repository: Path
) -> None:
    table = json.loads(
        (repository / "src/fair_imagic/model/slots.json").read_text(encoding="utf-8")
    )
    for key, entry in table["slots"].items():
        owner, _dot, name = key.partition(".")
        for parent in schema_model.classes[owner].ancestors:
            same = table["slots"].get(f"{parent}.{name}")
            if same is not None:
                # The nearest that says anything says something else.
                assert same != entry, (key, parent)
                break
