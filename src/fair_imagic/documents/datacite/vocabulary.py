"""The closed lists of DataCite's kernel 4.7 that our records use or check."""

from __future__ import annotations

__all__ = [
    "CONTRIBUTOR_TYPES",
    "DATE_TYPES",
    "DESCRIPTION_TYPES",
    "IDENTIFIER_TYPES",
    "NAMESPACE",
    "NAME_TYPES",
    "PLACEHOLDERS",
    "RELATION_TYPES",
    "RESOURCE_TYPES",
    "SCHEMA_VERSION",
    "TITLE_TYPES",
]

#: How the namespaces of all kernels begin.
NAMESPACE = "http://datacite.org/schema/kernel-"
#: The only value that makes the service validate (other kernel-4.x names skip it).
SCHEMA_VERSION = f"{NAMESPACE}4"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RESOURCE_TYPES = _words(
    """
    Audiovisual Award Book BookChapter Collection ComputationalNotebook
    ConferencePaper ConferenceProceeding DataPaper Dataset Dissertation Event Image
    Instrument InteractiveResource Journal JournalArticle Model OutputManagementPlan
    PeerReview PhysicalObject Poster Preprint Presentation Project Report Service
    Software Sound Standard StudyRegistration Text Workflow Other
    """
)
CONTRIBUTOR_TYPES = _words(
    """
    ContactPerson DataCollector DataCurator DataManager Distributor Editor
    HostingInstitution Producer ProjectLeader ProjectManager ProjectMember
    RegistrationAgency RegistrationAuthority RelatedPerson Researcher ResearchGroup
    RightsHolder Sponsor Supervisor Translator WorkPackageLeader Other
    """
)
DATE_TYPES = _words(
    """
    Accepted Available Collected Copyrighted Coverage Created Issued Other Submitted
    Updated Valid Withdrawn
    """
)
DESCRIPTION_TYPES = _words(
    "Abstract Methods SeriesInformation TableOfContents TechnicalInfo Other"
)
IDENTIFIER_TYPES = _words(
    """
    ARK arXiv bibcode CSTR DOI EAN13 EISSN Handle IGSN ISBN ISSN ISTC LISSN LSID
    PMID PURL RAiD RRID SWHID UPC URL URN w3id
    """
)
RELATION_TYPES = _words(
    """
    IsCitedBy Cites IsCollectedBy Collects IsSupplementTo IsSupplementedBy
    IsContinuedBy Continues IsDescribedBy Describes HasMetadata IsMetadataFor
    HasVersion IsVersionOf IsNewVersionOf IsPreviousVersionOf IsPartOf HasPart
    IsPublishedIn IsReferencedBy References IsDocumentedBy Documents IsCompiledBy
    Compiles IsVariantFormOf IsOriginalFormOf IsIdenticalTo IsReviewedBy Reviews
    IsDerivedFrom IsSourceOf IsRequiredBy Requires Obsoletes IsObsoletedBy
    HasTranslation IsTranslationOf Other
    """
)
NAME_TYPES = frozenset({"Organizational", "Personal"})
TITLE_TYPES = frozenset({"AlternativeTitle", "Subtitle", "TranslatedTitle", "Other"})
PLACEHOLDERS = frozenset(
    {":unac", ":unal", ":unap", ":unas", ":unav", ":unkn", ":none", ":null", ":tba"}
)
