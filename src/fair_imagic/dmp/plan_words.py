"""What is said where a set breaks its plan, in English and French."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MESSAGES", "NAMES", "REPAIRS"]


def _said(english: str, french: str) -> dict[str, str]:
    return {
        "en": f"{english} The plan says: “{{said}}”",
        "fr": f"{french} Le plan dit : « {{said}} »",
    }


NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "formats": {"en": "File format", "fr": "Format de fichier"},
        "licence": {"en": "Licence", "fr": "Licence"},
        "identifier": {"en": "Identifier", "fr": "Identifiant"},
        "repository": {"en": "Archive", "fr": "Archive"},
        "metadata-standard": {"en": "Claimed NBO-Q tier", "fr": "Niveau NBO-Q déclaré"},
        "personal-data": {"en": "Personal data", "fr": "Données personnelles"},
        "donor-data": {
            "en": "Data about the donors",
            "fr": "Données sur les donneurs",
        },
        "retention": {"en": "Publication date", "fr": "Date de publication"},
    }
)

MESSAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "formats": _said(
            "The file has a format that the plan does not name.",
            "Le fichier a un format que le plan ne prévoit pas.",
        ),
        "licence": _said(
            "The licence is not the one of the plan.",
            "La licence n’est pas celle du plan.",
        ),
        "identifier": _said(
            "The set was published without an identifier of the kind promised.",
            "Le jeu a été publié sans identifiant du type promis.",
        ),
        "repository": _said(
            "The set was published in an archive that the plan does not name.",
            "Le jeu a été publié dans une archive que le plan ne prévoit pas.",
        ),
        "metadata-standard": _said(
            "The set does not say which NBO-Q tier it claims.",
            "Le jeu ne dit pas quel niveau NBO-Q il déclare.",
        ),
        "personal-data": _said(
            "The files hold personal data.",
            "Les fichiers contiennent des données personnelles.",
        ),
        "donor-data": _said(
            "A sample comes with data about its donor that are personal.",
            "Un échantillon s’accompagne de données personnelles sur son donneur.",
        ),
        "retention": _said(
            "The set becomes public after the end of the time for which data are kept.",
            "Le jeu devient public après la fin de la conservation des données.",
        ),
    }
)

REPAIRS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "formats": {
            "en": "Convert the file to one of: {promised}; or change the plan.",
            "fr": "Convertissez le fichier en {promised} ; ou modifiez le plan.",
        },
        "licence": {
            "en": "Choose {promised}; or change the plan.",
            "fr": "Choisissez {promised} ; ou modifiez le plan.",
        },
        "identifier": {
            "en": "Get an identifier of this kind: {promised}.",
            "fr": "Obtenez un identifiant de ce type : {promised}.",
        },
        "repository": {
            "en": "Deposit in {promised}; or add the archive to the plan.",
            "fr": "Déposez dans {promised} ; ou ajoutez l’archive au plan.",
        },
        "metadata-standard": {
            "en": "Claim the tier that the check says is reached.",
            "fr": "Déclarez le niveau que la vérification indique comme atteint.",
        },
        "personal-data": {
            "en": "Publish cleaned copies of the files; or change the plan.",
            "fr": "Publiez des copies nettoyées des fichiers ; ou modifiez le plan.",
        },
        "donor-data": {
            "en": "Make the data anonymous, or answer “yes” in the plan.",
            "fr": "Anonymisez les données, ou répondez « oui » dans le plan.",
        },
        "retention": {
            "en": "Extend the period in the plan (it ends on {promised}).",
            "fr": "Prolongez la durée dans le plan (elle se termine le {promised}).",
        },
    }
)
