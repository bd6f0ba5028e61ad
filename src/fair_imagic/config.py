"""Settings: one table, read from the environment and ``config.toml`` of the home."""

from __future__ import annotations

import contextlib
import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "HOME_VARIABLE",
    "SETTINGS",
    "Setting",
    "Settings",
    "chosen_folder",
    "data_folder",
    "load",
]

HOME_VARIABLE = "FAIR_IMAGIC_HOME"


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default text and what it is for."""

    name: str
    default: str
    help: str
    secret: bool = False

    @property
    def env(self) -> str:
        """Return the name of its environment variable."""
        return f"FAIR_IMAGIC_{self.name.upper()}"

    def explained(self) -> dict[str, str]:
        """Return what it is for, in English and French."""
        return both(self.help)


SETTINGS: tuple[Setting, ...] = (
    Setting("home", "~/.fair-imagic", "Folder that holds all state"),
    Setting(
        "base_iri",
        "https://fair-imagic.example.org/",
        "Start of every record's identifier (ends with /)",
    ),
    Setting(
        "public_url",
        "http://127.0.0.1:8080/",
        "Address at which readers reach the web service (ends with /)",
    ),
    Setting("host", "127.0.0.1", "Address that the web service listens on"),
    Setting("port", "8080", "Port that the web service listens on"),
    Setting("language", "", "Language of messages: en or fr; empty follows the locale"),
    Setting("facility_key", "imagic", "Short key of the facility, part of every DOI"),
    Setting("facility_name", "IMAG'IC, Institut Cochin", "Name of the facility"),
    Setting(
        "quality_interval_days",
        "130",
        "Days after which the facility repeats the quality control of a microscope",
    ),
    Setting(
        "practice_mode",
        "yes",
        "yes: publish to practice archives on this machine; no: to the real archives",
    ),
    Setting("journal_url", "", "Database of the journal; empty: SQLite in the home"),
    Setting(
        "cache_folder",
        "",
        "Folder of what is kept to start faster; empty: cache in the data folder",
    ),
    Setting(
        "executor",
        "local",
        "Where many checks run: local (all cores) or dask://host:port (a Dask cluster)",
    ),
    Setting("job_timeout_s", "3600", "Longest time that one job may take, in seconds"),
    Setting("job_memory_mb", "4096", "Most memory that one job may take, in MB"),
    Setting("query_timeout_s", "20", "Longest time of one SPARQL query, in seconds"),
    Setting(
        "document_max_mb",
        "64",
        "Largest JSON, XML or ZIP document that is checked, in MB",
    ),
    Setting("rdf_max_mb", "1024", "Largest RDF document that is checked, in MB"),
    Setting("allowed_hosts", "", "Hosts that may be contacted, separated by commas"),
    Setting("doi_prefix", "10.99999", "DOI prefix; 10.99999 is for practice only"),
    Setting("datacite_url", "", "Address of the DataCite REST API"),
    Setting("datacite_user", "", "DataCite repository account"),
    Setting("datacite_password", "", "Password of that account", secret=True),
    Setting("datacite_xsd", "", "Folder with DataCite's official XSD, if you have it"),
    Setting("biostudies_url", "", "Address of the BioStudies submission API"),
    Setting("biostudies_user", "", "BioStudies account"),
    Setting("biostudies_password", "", "Password of that account", secret=True),
    Setting("swh_url", "", "Address of the Software Heritage deposit API"),
    Setting("swh_user", "", "Software Heritage deposit account"),
    Setting("swh_password", "", "Password of that account", secret=True),
    Setting("swh_collection", "imagic", "Software Heritage deposit collection"),
    Setting(
        "swh_provider_url",
        "https://fair-imagic.example.org/software/",
        "Start of the origins that the deposit account may use (ends with /)",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force. Numbers carry their unit in the name."""

    home: Path
    base_iri: str
    public_url: str
    host: str
    port: int
    language: str
    facility_key: str
    facility_name: str
    quality_interval_days: int
    practice_mode: bool
    journal_url: str
    cache_folder: str
    executor: str
    job_timeout_s: int
    job_memory_mb: int
    query_timeout_s: int
    document_max_mb: int
    rdf_max_mb: int
    allowed_hosts: tuple[str, ...]
    doi_prefix: str
    datacite_url: str
    datacite_user: str
    datacite_password: str
    datacite_xsd: str
    biostudies_url: str
    biostudies_user: str
    biostudies_password: str
    swh_url: str
    swh_user: str
    swh_password: str
    swh_collection: str
    swh_provider_url: str

    def without_secrets(self) -> Settings:
        """Return the settings for work that needs no password, on any machine."""
        empty: dict[str, Any] = {one.name: "" for one in SETTINGS if one.secret}
        return replace(self, **empty)

    def __repr__(self) -> str:
        """Return the settings without their secrets."""
        hidden = {setting.name for setting in SETTINGS if setting.secret}
        values = {
            field.name: "***" if field.name in hidden else getattr(self, field.name)
            for field in fields(self)
        }
        return f"Settings({', '.join(f'{n}={v!r}' for n, v in values.items())})"


_YES = {"yes", "true", "1", "on", "oui"}
_NO = {"no", "false", "0", "off", "non"}


def load(
    home: Path | None = None, *, environ: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings: the environment first, then the home's ``config.toml``.

    Raises :class:`~fair_imagic.errors.ConfigurationError` for a value that cannot be.
    """
    environment = os.environ if environ is None else environ
    folder = data_folder(home, environ=environment)
    texts = {setting.name: setting.default for setting in SETTINGS}
    texts |= _from_file(folder / "config.toml")
    for setting in SETTINGS:
        if setting.env in environment:
            texts[setting.name] = environment[setting.env]
    del texts["home"]
    return Settings(home=folder, **{name: _value(name, texts[name]) for name in texts})


def data_folder(
    home: Path | None = None, *, environ: Mapping[str, str] | None = None
) -> Path:
    """Return the data folder: ``home``, else the one that the environment names."""
    environment = os.environ if environ is None else environ
    folder = home or Path(environment.get(HOME_VARIABLE) or _default("home"))
    return folder.expanduser().absolute()


@contextlib.contextmanager
def chosen_folder(home: Path) -> Iterator[None]:
    """Make this the data folder for a while, child processes included."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(data_folder(home))
    try:
        yield
    finally:
        del os.environ[HOME_VARIABLE]
        if before is not None:
            os.environ[HOME_VARIABLE] = before


def _default(name: str) -> str:
    return next(setting.default for setting in SETTINGS if setting.name == name)


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            _("The settings file is not valid TOML"), where=str(path), found=str(error)
        ) from error
    known = {setting.name for setting in SETTINGS} - {"home"}
    for name in content.keys() - known:
        raise ConfigurationError(
            _("Unknown setting {name}").format(name=name),
            where=str(path),
            expected=", ".join(sorted(known)),
        )
    return {name: _text(value) for name, value in content.items()}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _value(name: str, text: str) -> Any:
    kind = Settings.__dataclass_fields__[name].type
    if kind == "int":
        return _number(name, text)
    if kind == "bool":
        return _truth(name, text)
    if kind.startswith("tuple"):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name in ("base_iri", "public_url", "swh_provider_url"):
        return text.rstrip("/") + "/"
    return text


def _number(name: str, text: str) -> int:
    if not text.strip().isdecimal():
        raise ConfigurationError(
            _("Setting {name} must be a whole number").format(name=name), found=text
        )
    return int(text)


def _truth(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise ConfigurationError(
            _("Setting {name} must be yes or no").format(name=name), found=text
        )
    return word in _YES
