"""The shapes of the benchmark of checks: one text for every engine.

40 node shapes and 150 property shapes in SHACL Core, and four SPARQL constraints that
say what they want with NOT EXISTS, as one publishes them.
"""

from __future__ import annotations

from benchmarks.check_data import BASE, VOCABULARY

__all__ = ["shapes_text"]

_HEAD = f"""\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix v: <{VOCABULARY}> .
@prefix s: <{BASE}shape/> .

<{BASE}shapes> a owl:Ontology ;
  sh:declare [ sh:prefix "v" ; sh:namespace "{VOCABULARY}"^^xsd:anyURI ] .
"""
# A field of a class: its datatype (or class), and what else holds for its value.
_FIELDS: dict[str, dict[str, tuple[str, str]]] = {
    "Image": {
        "title": ("string", "sh:minLength 1"),
        "description": ("string", "sh:minLength 1"),
        "acquiredOn": ("date", ""),
        "acquiredWith": ("v:Instrument", ""),
        "objective": ("v:Objective", ""),
        "operator": ("v:Person", ""),
        "sample": ("v:Sample", ""),
        "collection": ("", "sh:nodeKind sh:IRI"),
        "fileName": ("string", 'sh:pattern "^[A-Za-z0-9._-]+$"'),
        "checksum": ("string", 'sh:pattern "^[0-9a-f]{64}$"'),
        "byteSize": ("integer", ""),
        "licence": ("", f"sh:in (<{BASE}licence/cc-by-4.0> <{BASE}licence/cc0-1.0>)"),
        "contentKind": ("string", 'sh:in ("raw" "processed")'),
        "pixelType": ("string", 'sh:in ("uint8" "uint16" "float")'),
        "bits": ("integer", "sh:minInclusive 1 ; sh:maxInclusive 64"),
        **{f"size{axis}": ("integer", "sh:minInclusive 1") for axis in "XYZCT"},
        **{
            f"physicalSize{axis}": (
                "decimal",
                "sh:minExclusive 0 ; sh:maxExclusive 100",
            )
            for axis in "XYZ"
        },
    },
    "Channel": {
        "index": ("integer", "sh:minInclusive 0"),
        "channelName": ("string", "sh:maxLength 40"),
        "fluorophore": (
            "string",
            'sh:in ("DAPI" "Alexa Fluor 488" "Cy3" "mCherry" "SiR")',
        ),
        "excitation": ("decimal", "sh:minInclusive 200 ; sh:maxInclusive 1500"),
        "emission": ("decimal", "sh:minInclusive 200 ; sh:maxInclusive 1500"),
        "exposure": ("decimal", "sh:minExclusive 0"),
        "wavelengthUnit": ("", f"sh:in (<{BASE}unit/NanoM>)"),
        "detector": ("v:Detector", ""),
        "gain": ("integer", "sh:minInclusive 0"),
        "colour": ("string", 'sh:pattern "^#[0-9A-F]{6}$"'),
    },
    "Instrument": {
        "name": ("string", "sh:minLength 1"),
        "manufacturer": ("string", "sh:minLength 1"),
        "model": ("string", "sh:minLength 1"),
        "serial": ("string", 'sh:pattern "^SN[0-9]+$"'),
        "since": ("date", ""),
        "responsible": ("v:Person", ""),
        "kind": ("string", 'sh:in ("confocal" "widefield")'),
    },
    "Objective": {
        "name": ("string", ""),
        "magnification": ("decimal", "sh:minExclusive 0 ; sh:maxInclusive 200"),
        "aperture": ("decimal", "sh:minExclusive 0 ; sh:maxInclusive 1.7"),
        "immersion": ("string", 'sh:in ("air" "oil" "water")'),
    },
    "Detector": {
        "name": ("string", ""),
        "kind": ("string", 'sh:in ("PMT" "camera")'),
        "bits": ("integer", "sh:minInclusive 8"),
    },
    "QcRun": {
        "ofInstrument": ("v:Instrument", ""),
        "performedOn": ("date", ""),
        "validUntil": ("date", ""),
        "outcome": ("string", 'sh:in ("passed" "failed")'),
        "resolution": ("decimal", "sh:minExclusive 0"),
        "drift": ("decimal", "sh:minInclusive 0"),
        "performedBy": ("v:Person", ""),
        "beads": ("integer", "sh:minInclusive 1"),
    },
    "Person": {
        "name": ("string", "sh:minLength 1"),
        "orcid": ("string", 'sh:pattern "^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{4}$"'),
        "trainedOn": ("date", ""),
    },
    "Sample": {
        "name": ("string", "sh:minLength 1"),
        "organism": ("", "sh:nodeKind sh:IRI"),
        "biosafety": ("integer", "sh:in (1 2 3 4)"),
    },
}
# How many fields one node shape is about: gives 40 node shapes with those below.
_FIELDS_EACH = 2
_MORE = """
s:ImageLabels a sh:NodeShape ; sh:targetClass v:Image ; sh:property s:image-label-one ,
    s:image-label-languages .
s:image-label-one a sh:PropertyShape ; sh:path v:label ; sh:minCount 1 ;
    sh:uniqueLang true .
s:image-label-languages a sh:PropertyShape ; sh:path v:label ;
    sh:languageIn ("en" "fr") .
s:ImageChannels a sh:NodeShape ; sh:targetClass v:Image ; sh:property s:image-channel .
s:image-channel a sh:PropertyShape ; sh:path v:channel ; sh:minCount 1 ;
    sh:class v:Channel .
s:ChannelOrder a sh:NodeShape ; sh:targetClass v:Channel ;
    sh:property s:channel-excitation-less .
s:channel-excitation-less a sh:PropertyShape ; sh:path v:excitation ;
    sh:lessThan v:emission .
s:ChannelOfImage a sh:NodeShape ; sh:targetClass v:Channel ;
    sh:property s:channel-of-image .
s:channel-of-image a sh:PropertyShape ; sh:path [ sh:inversePath v:channel ] ;
    sh:minCount 1 ; sh:maxCount 1 .
s:ImageOperatorName a sh:NodeShape ; sh:targetClass v:Image ;
    sh:property s:image-operator-name .
s:image-operator-name a sh:PropertyShape ; sh:path ( v:operator v:name ) ;
    sh:datatype xsd:string .
s:QcRunOrder a sh:NodeShape ; sh:targetClass v:QcRun ; sh:property s:qcrun-order .
s:qcrun-order a sh:PropertyShape ; sh:path v:performedOn ; sh:lessThan v:validUntil .
"""
_SPARQL = {
    "ImageQcInForce": """
  $this v:acquiredWith ?microscope ; v:acquiredOn ?day .
  FILTER NOT EXISTS {
    ?run v:ofInstrument ?microscope ; v:performedOn ?from ; v:validUntil ?until .
    FILTER (?from <= ?day && ?day <= ?until)
  }""",
    "ImageChannelCount": """
  $this v:sizeC ?count .
  FILTER NOT EXISTS {
    $this v:channel ?channel . ?channel v:index ?index .
    FILTER (?index + 1 = ?count)
  }""",
    "ImageOwnObjective": """
  $this v:acquiredWith ?microscope ; v:objective ?objective .
  FILTER NOT EXISTS { ?microscope v:hasObjective ?objective }""",
    "ImageOperatorTrained": """
  $this v:operator ?person ; v:acquiredOn ?day .
  FILTER NOT EXISTS { ?person v:trainedOn ?trained . FILTER (?trained <= ?day) }""",
}
# An expression of the advanced features: the filter leaves it to pySHACL.
_ODD = """
s:ImageOdd a sh:NodeShape ; sh:targetClass v:Image ; sh:property s:image-odd .
s:image-odd a sh:PropertyShape ; sh:path v:sample ; sh:expression true .
"""


def shapes_text(*, sparql: bool, odd: bool = False) -> str:
    """Return the shapes as Turtle; ``odd`` adds one that the filter cannot read."""
    text = _HEAD + "".join(_of_class(name) for name in _FIELDS) + _MORE
    if sparql:
        text += "".join(_constraint(*item) for item in _SPARQL.items())
    return text + (_ODD if odd else "")


def _of_class(name: str) -> str:
    fields = list(_FIELDS[name].items())
    text = ""
    for start in range(0, len(fields), _FIELDS_EACH):
        made: list[str] = []
        for path, (kind, value) in fields[start : start + _FIELDS_EACH]:
            made += _of_field(name.lower(), path, kind, value)
        listed = " , ".join(shape.split(" ", 1)[0] for shape in made)
        text += f"\ns:{name}{start} a sh:NodeShape ; sh:targetClass v:{name} ;\n"
        text += f"    sh:property {listed} .\n" + "".join(made)
    return text


def _of_field(owner: str, path: str, kind: str, value: str) -> list[str]:
    said = {"count": "sh:minCount 1 ; sh:maxCount 1"}
    if kind.startswith("v:"):
        said["type"] = f"sh:class {kind}"
    elif kind:
        said["type"] = f"sh:datatype xsd:{kind}"
    if value:
        said["value"] = value
    return [
        f"s:{owner}-{path}-{part} a sh:PropertyShape ; sh:path v:{path} ; {text} .\n"
        for part, text in said.items()
    ]


def _constraint(name: str, where: str) -> str:
    return f"""
s:{name} a sh:NodeShape ; sh:targetClass v:Image ; sh:sparql [
  sh:message "{name}" ; sh:prefixes <{BASE}shapes> ;
  sh:select \"\"\"SELECT $this WHERE {{{where}
}}\"\"\" ] .
"""
