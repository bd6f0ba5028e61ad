"""Settings: one table, read from the environment and ``config.toml`` of the home."""

from __future__ import annotations

import contextlib
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _, both
from fair_imagic.storage import STORAGE_VARIABLE, StorageRoot, storage_roots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "HOME_VARIABLE",
    "SETTINGS",
    "Setting",
    "Settings",
    "TargetTexts",
    "chosen_folder",
    "data_folder",
    "load",
]

_PREFIX = "FAIR_IMAGIC_"
HOME_VARIABLE = f"{_PREFIX}HOME"


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
        return f"{_PREFIX}{self.name.upper()}"

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
    Setting(  # the address of a PostgreSQL database holds its password
        "journal_url", "", "Database of the journal; empty: SQLite in the home", True
    ),
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
    Setting(
        "tools_folder",
        "",
        "Folder of the environments that programs with older libraries have; empty: "
        ".tools in the checkout, else tools in the data folder",
    ),
    Setting("job_timeout_s", "3600", "Longest time that one job may take, in seconds"),
    Setting("job_memory_mb", "4096", "Most memory that one job may take, in MB"),
    Setting("query_timeout_s", "20", "Longest time of one SPARQL query, in seconds"),
    Setting(
        "query_rows",
        "100000",
        "Most rows of one SPARQL answer; one that is cut says so",
    ),
    Setting("query_memory_mb", "2048", "Most memory of one SPARQL query, in MB"),
    Setting(
        "trusted_proxies",
        "",
        "Proxies that say who asks (X-Forwarded-For, -Proto, -Host): addresses or "
        "networks, separated by commas",
    ),
    Setting(
        "document_max_mb",
        "64",
        "Largest JSON, XML or ZIP document that is checked, in MB",
    ),
    Setting("rdf_max_mb", "1024", "Largest RDF document that is checked, in MB"),
    Setting("allowed_hosts", "", "Hosts that may be contacted, separated by commas"),
    Setting(  # the address may hold a password
        "proxy_url",
        "",
        "Proxy through which archives are reached: http://[user:password@]host:port",
        True,
    ),
    Setting(
        "ca_bundle",
        "",
        "PEM file of certificate authorities that are trusted beside the usual ones",
    ),
)


def _unread() -> Any:
    # may hold a password: never shown; equality tells apart what no hash can
    return field(default_factory=dict, repr=False, hash=False)


@dataclass(frozen=True, kw_only=True)
class TargetTexts:
    """What is written about publication targets, kept unread: their registry reads it.

    Parameters
    ----------
    tables
        The tables ``[target.<token>]`` of ``config.toml``.
    plain
        Names on the top level of ``config.toml`` that are no setting of ours.
    variables
        Environment variables with our prefix that are no setting of ours.
    chosen
        Values that come before all others, by target: practice mode sets them.
    """

    tables: Mapping[str, Mapping[str, str]] = _unread()
    plain: Mapping[str, str] = _unread()
    variables: Mapping[str, str] = _unread()
    chosen: Mapping[str, Mapping[str, str]] = _unread()

    @property
    def is_in_file(self) -> bool:
        """Whether ``config.toml`` says anything that the registry must verify."""
        return bool(self.tables or self.plain)


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
    tools_folder: str
    job_timeout_s: int
    job_memory_mb: int
    query_timeout_s: int
    query_rows: int
    query_memory_mb: int
    trusted_proxies: tuple[str, ...]
    document_max_mb: int
    rdf_max_mb: int
    allowed_hosts: tuple[str, ...]
    storage: tuple[StorageRoot, ...]
    proxy_url: str
    ca_bundle: str
    targets: TargetTexts

    def __repr__(self) -> str:
        """Return the settings without their secrets."""
        hidden = {setting.name for setting in SETTINGS if setting.secret}
        values = {
            one.name: "***" if one.name in hidden else getattr(self, one.name)
            for one in fields(self)
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
    file = folder / "config.toml"
    written = _from_file(file)
    tables = _tables(written.pop("target", {}), file)
    named = written.pop("storage", {})
    storage = storage_roots(named, environment, where=str(file))
    told = {name: _text(value) for name, value in written.items()}
    texts |= {name: text for name, text in told.items() if name in texts}
    for setting in SETTINGS:
        if setting.env in environment:
            texts[setting.name] = environment[setting.env]
    targets = TargetTexts(
        tables=tables,
        plain={name: text for name, text in told.items() if name not in texts},
        variables=_variables(environment),
    )
    del texts["home"]
    values = {name: _value(name, texts[name]) for name in texts}
    return Settings(home=folder, storage=storage, targets=targets, **values)


def _variables(environment: Mapping[str, str]) -> dict[str, str]:
    ours = {setting.env for setting in SETTINGS}
    return {
        name: text
        for name, text in environment.items()
        if name.startswith(_PREFIX)
        and name not in ours
        and not name.startswith(STORAGE_VARIABLE)
    }


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


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            _("The settings file is not valid TOML"), where=str(path), found=str(error)
        ) from error
    for name, value in content.items():
        if name == "home" or (
            name not in ("target", "storage") and isinstance(value, dict)
        ):
            raise ConfigurationError(
                _("Unknown setting {name}").format(name=name),
                where=str(path),
                expected=", ".join(sorted({one.name for one in SETTINGS} - {"home"})),
            )
    return content


def _tables(value: object, path: Path) -> dict[str, dict[str, str]]:
    """Return the tables of targets; what is in them their registry understands."""
    tables: dict[str, Any] = value if isinstance(value, dict) else {"": value}
    for token, table in tables.items():
        entries = table.values() if isinstance(table, dict) else [{}]
        if any(isinstance(entry, dict) for entry in entries):
            raise ConfigurationError(
                _("The settings of a target stand in a table of their own"),
                where=str(path),
                expected="[target.NAME]",
                found=f"target.{token}".rstrip("."),
            )
    return {
        token: {name: _text(entry) for name, entry in table.items()}
        for token, table in tables.items()
    }


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
    if name in ("base_iri", "public_url"):
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
