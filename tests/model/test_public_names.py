from __future__ import annotations

from fair_imagic import model

PUBLIC = """
ANSWERS Channel Collection Commitment FigurePanel File Fileset Image Instrument
InstrumentVersion Licence Measure ModelClass NamedTag Objective ObjectiveCalibration
Organisation Override Parameter Person Plan ProcessingRun Publication PublicationSet
QualityMeasurement QualityRun RDF_TYPE Record RecordGraph ResearchOutput Result Sample
SchemaSource Slot Snapshot Software class_for class_named class_names is_kept
is_same_name mint mint_apart private_paths schema_source slot_for slot_for_field
slot_named slots_of slug
statements term_for view views
exchange_document exchange_json list_name with_public_types
"""


def test_the_public_names_of_the_model_are_these() -> None:
    assert sorted(model.__all__) == sorted(PUBLIC.split())
    assert all(hasattr(model, name) for name in model.__all__)


def test_every_named_class_of_the_schema_is_public() -> None:
    from fair_imagic.model import classes_generated

    assert set(classes_generated.__all__) <= set(model.__all__)
