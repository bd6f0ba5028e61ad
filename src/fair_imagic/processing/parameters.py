"""The parameters of a processor: their sorts, limits and what a person chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of, plain_number
from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

__all__ = ["Parameter", "checked"]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter. Values are texts, so that none changes on its way.

    Parameters
    ----------
    kind
        ``integer``, ``decimal`` or ``choice``.
    default
        The value where none is given; an empty one means "not set" and is allowed.
    help
        What it does, in English and French.
    """

    name: str
    kind: str
    default: str
    help: dict[str, str]
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()

    def checked(self, text: str) -> str:
        """Return the value as it is recorded; raises InputError."""
        value = text.strip()
        if not value and not self.default:
            return ""
        if self.kind == "choice":
            return self._chosen(value)
        plain = plain_number(value)
        number = None if plain is None else decimal_of(plain)
        if plain is None or number is None or not self._is_inside(number):
            raise self._error(value)
        if self.kind == "integer":
            if number != number.to_integral_value():
                raise self._error(value)
            return str(int(number))
        return plain

    def expected(self) -> str:
        """Return what may be given, for a person."""
        if self.kind == "choice":
            return ", ".join(self.choices)
        kind = _("a whole number") if self.kind == "integer" else _("a number")
        limits = [kind]
        if self.minimum is not None:
            limits.append(_("at least {limit}").format(limit=self.minimum))
        if self.maximum is not None:
            limits.append(_("at most {limit}").format(limit=self.maximum))
        return ", ".join(limits) + (f" ({self.unit})" if self.unit else "")

    def _chosen(self, value: str) -> str:
        if value not in self.choices:
            raise self._error(value)
        return value

    def _is_inside(self, number: Decimal) -> bool:
        low, high = self.minimum, self.maximum
        return (low is None or number >= low) and (high is None or number <= high)

    def _error(self, value: str) -> InputError:
        return InputError(
            _("The value of parameter {name} cannot be used").format(name=self.name),
            expected=self.expected(),
            found=value,
        )


def checked(
    parameters: Iterable[Parameter], given: Mapping[str, str]
) -> dict[str, str]:
    """Return the value of every parameter, the defaults filled in.

    Raises :class:`~fair_imagic.errors.InputError` for an unknown name or a value that
    cannot be.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            raise InputError(
                _("Unknown parameter {name}").format(name=name),
                expected=", ".join(known),
            )
    return {
        name: parameter.checked(given.get(name, parameter.default))
        for name, parameter in known.items()
    }
