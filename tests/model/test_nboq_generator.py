"""The NBO-Q generator on a small source of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

XSD = """<?xml version="1.0"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <xsd:complexType name="Maker">
    <xsd:attribute name="Manufacturer " type="xsd:string" use="required">
      <xsd:annotation><xsd:documentation>Tier=1</xsd:documentation></xsd:annotation>
    </xsd:attribute>
  </xsd:complexType>
  <xsd:complexType name="Lamp">
    <xsd:complexContent><xsd:extension base="Maker">
      <xsd:sequence>
        <xsd:element ref="Band" maxOccurs="unbounded"/>
        <xsd:element ref="Gadget" minOccurs="0"/>
      </xsd:sequence>
      <xsd:attribute name="Kind" type="LampKind"/>
    </xsd:extension></xsd:complexContent>
  </xsd:complexType>
  <xsd:complexType name="BandType">
    <xsd:attribute name="PeakNA" type="Fraction" use="required"/>
    <xsd:attribute name="Width" type="xsd:float"/>
    <xsd:attribute name="WidthUnit" type="UnitsLength" default="nm"/>
  </xsd:complexType>
  <xsd:element name="LampGroup" abstract="true" type="Lamp"/>
  <xsd:element name="Bulb" substitutionGroup="LampGroup">
    <xsd:annotation>
      <xsd:documentation>Domain=MicroscopeHardwareSpecifications</xsd:documentation>
      <xsd:documentation>Tier=1</xsd:documentation>
      <xsd:documentation>Split=[Transmitted_Lamp; Fluorescence_Lamp]</xsd:documentation>
    </xsd:annotation>
  </xsd:element>
  <xsd:element name="Arc" substitutionGroup="LampGroup">
    <xsd:annotation>
      <xsd:documentation>Domain=MicroscopeHardwareSpecifications</xsd:documentation>
    </xsd:annotation>
  </xsd:element>
  <xsd:element name="Gadget"/>
  <xsd:element name="Band" type="BandType">
    <xsd:annotation><xsd:documentation>Tier=2</xsd:documentation></xsd:annotation>
  </xsd:element>
  <xsd:simpleType name="LampKind"><xsd:restriction base="xsd:string">
    <xsd:enumeration value="Hot"/><xsd:enumeration value="Cold"/>
  </xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="UnitsLength"><xsd:restriction base="xsd:string">
    <xsd:enumeration value="nm"/>
  </xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="Fraction"><xsd:restriction base="xsd:float">
    <xsd:minInclusive value="0.0"/><xsd:maxInclusive value="1.5"/>
  </xsd:restriction></xsd:simpleType>
</xsd:schema>
"""
OVERRIDES = """
modules: {lamps: {classes: [Bulb, Band]}}
extra: {Component: {name: {slot_uri: 'nboq:name', range: string}}}
fields: {Lamp.Kind: {tier: 3}}
labels: {Manufacturer: 'Maker | Fabricant'}
class_labels: {Bulb: Bulb | Ampoule}
units: {nm: 'unit:NanoM'}
ucum: {'unit:NanoM': nm}
default_units: {UnitsLength: nm}
"""


@pytest.fixture
def classes(tmp_path: Path) -> dict[str, dict[str, Any]]:
    from tools.generate_model.nboq.assemble import Assembly
    from tools.generate_model.nboq.overrides import read_overrides
    from tools.generate_model.nboq.xsd import read_xsd

    (tmp_path / "nbo.xsd").write_text(XSD, encoding="utf-8")
    folder = tmp_path / "overrides"
    folder.mkdir()
    (folder / "all.yaml").write_text(OVERRIDES, encoding="utf-8")
    assembly = Assembly(
        source=read_xsd(tmp_path / "nbo.xsd"),
        overrides=read_overrides(folder),
        marked=frozenset({("Maker", "Manufacturer")}),
        app_schemas=frozenset({"Transmitted_Lamp_Bulb.json", "Band.json"}),
    )
    return assembly.classes() | {"": assembly.enums()}


def test_chosen_classes_come_with_their_bases_and_nothing_else(
    classes: dict[str, dict[str, Any]],
) -> None:
    assert set(classes) - {""} == {"Component", "Maker", "Lamp", "Bulb", "Band"}
    assert classes["Lamp"]["is_a"] == "Maker"
    assert classes["Lamp"]["abstract"] is True
    assert classes["Bulb"]["is_a"] == "Lamp"


def test_an_element_without_a_type_takes_that_of_its_group(
    classes: dict[str, dict[str, Any]],
) -> None:
    assert "attributes" not in classes["Bulb"]


def test_stray_spaces_are_removed_and_marks_are_kept(
    classes: dict[str, dict[str, Any]],
) -> None:
    made = classes["Maker"]["attributes"]["manufacturer"]
    assert made["title"] == "Maker"
    assert made["annotations"] == {
        "fi:label_fr": "Fabricant",
        "nboq:tier": 1,
        "nboq:required": True,
        "nboq:mm": True,
        "nboq:field": "Manufacturer",
    }


def test_a_type_of_one_class_is_merged_into_it(
    classes: dict[str, dict[str, Any]],
) -> None:
    band = classes["Band"]["attributes"]
    assert "BandType" not in classes
    assert band["peak_na"]["slot_uri"] == "nboq:peakNA"
    assert (band["peak_na"]["minimum_value"], band["peak_na"]["maximum_value"]) == (
        0,
        1.5,
    )


def test_units_are_written_as_qudt_iris(classes: dict[str, dict[str, Any]]) -> None:
    band = classes["Band"]["attributes"]
    assert band["width"]["unit"] == {
        "ucum_code": "nm",
        "exact_mappings": ["unit:NanoM"],
    }
    assert band["width_unit"]["range"] == "uriorcurie"
    assert band["width_unit"]["title"] == "Width (unit)"


def test_children_of_classes_that_are_not_chosen_are_left_out(
    classes: dict[str, dict[str, Any]],
) -> None:
    lamp = classes["Lamp"]["attributes"]
    assert set(lamp) == {"band", "kind"}
    assert lamp["band"]["range"] == "Band"
    assert lamp["band"]["multivalued"] is True
    assert lamp["band"]["annotations"]["nboq:tier"] == 2


def test_an_override_repairs_a_tier(classes: dict[str, dict[str, Any]]) -> None:
    assert classes["Lamp"]["attributes"]["kind"]["annotations"]["nboq:tier"] == 3


def test_all_enumerations_are_written(classes: dict[str, dict[str, Any]]) -> None:
    assert list(classes[""]) == ["LampKind", "UnitsLength"]
    assert list(classes[""]["LampKind"]["permissible_values"]) == ["Hot", "Cold"]


def test_a_unit_family_knows_the_units_by_their_iri(
    classes: dict[str, dict[str, Any]],
) -> None:
    family = classes[""]["UnitsLength"]
    assert family["annotations"] == {"nboq:unit_family": True}
    assert family["permissible_values"] == {"nm": {"meaning": "unit:NanoM"}}


def test_a_split_element_stands_for_the_schemas_that_exist(
    classes: dict[str, dict[str, Any]],
) -> None:
    assert classes["Bulb"]["annotations"]["nboq:schemas"] == (
        "Transmitted_Lamp_Bulb.json light_path=Transmitted"
    )
    assert classes["Band"]["annotations"]["nboq:schemas"] == "Band.json"


@pytest.mark.parametrize(
    ("written", "property_name", "slot_name", "label"),
    [
        ("LensNA", "lensNA", "lens_na", "Lens NA"),
        ("ID", "id", "id", "ID"),
        ("DIC", "dic", "dic", "DIC"),
        ("CO2Control", "co2Control", "co2_control", "CO2 control"),
        ("FWHMBandwidth", "fwhmBandwidth", "fwhm_bandwidth", "FWHM bandwidth"),
        ("Nominal-Ex", "nominalEx", "nominal_ex", "Nominal ex"),
        ("Μagnification", "magnification", "magnification", "Magnification"),
        ("XYMaxVelocity", "xyMaxVelocity", "xy_max_velocity", "XY max velocity"),
    ],
)
def test_names_follow_from_the_name_in_the_source(
    written: str, property_name: str, slot_name: str, label: str
) -> None:
    from tools.generate_model.nboq import names

    assert names.property_name(written) == property_name
    assert names.slot_name(written) == slot_name
    assert names.label(written) == label


def test_the_z_drive_is_a_class_name() -> None:
    from tools.generate_model.nboq import names

    assert names.class_name("Z-Drive") == "ZDrive"
    assert names.class_name("CCD") == "CCD"
