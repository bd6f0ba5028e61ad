"""Synthetic but physically plausible fluorescence pixels.

Nuclei are ellipsoids with chromatin texture on an uneven background. They are blurred
with a Gaussian approximation of the microscope's point-spread function (Zhang et al.
2007, doi:10.1364/AO.46.001819: lateral sigma 0.225 wavelength / NA), photons are
drawn from a Poisson law and the camera adds offset and normal read noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Optics", "nuclei_field", "nuclei_stack"]


@dataclass(frozen=True)
class Optics:
    """What blurs and records the light. Lengths in micrometres."""

    pixel_size_um: float
    numerical_aperture: float
    emission_um: float
    refractive_index: float = 1.0
    section_um: float = 0.0
    photons: float = 400.0
    gain_adu_per_photon: float = 4.0
    offset_adu: float = 100.0
    read_noise_adu: float = 6.0

    @property
    def sigma_xy_px(self) -> float:
        """Return the lateral sigma of the point-spread function, in pixels."""
        return 0.225 * self.emission_um / self.numerical_aperture / self.pixel_size_um

    @property
    def sigma_z_px(self) -> float:
        """Return the axial sigma of the point-spread function, in sections."""
        depth = 0.78 * self.refractive_index * self.emission_um
        return depth / self.numerical_aperture**2 / max(self.section_um, 1e-6)


def nuclei_field(
    seed: int, *, size_px: int, count: int, optics: Optics
) -> NDArray[np.uint16]:
    """Return two channels of one field (C, Y, X): nuclei, and cytoplasm round them."""
    import numpy as np
    from scipy import ndimage

    rng = np.random.default_rng(seed)
    nuclei = np.zeros((size_px, size_px))
    cells = np.zeros_like(nuclei)
    rows, columns = np.mgrid[:size_px, :size_px]
    for centre, radii, angle in _places(rng, size_px, count, optics):
        distance = _ellipse(rows, columns, centre, radii, angle)
        nuclei[distance < 1] = rng.uniform(0.6, 1.0)
        cells = np.maximum(cells, 0.7 * np.exp(-(distance**2) / 4))
    texture = ndimage.gaussian_filter(rng.normal(size=nuclei.shape), 2.0)
    nuclei *= np.clip(1 + 0.9 * texture, 0.3, 1.7)
    shade = 0.04 + 0.03 * columns / size_px
    return np.stack(
        [
            _record(plane + shade, optics, rng)
            for plane in (nuclei, cells - 0.3 * nuclei)
        ]
    )


def nuclei_stack(
    seed: int, *, shape_zyx: tuple[int, int, int], count: int, optics: Optics
) -> NDArray[np.uint16]:
    """Return one channel of a confocal stack (Z, Y, X) with round nuclei."""
    import numpy as np

    rng = np.random.default_rng(seed)
    sections, rows, columns = np.indices(shape_zyx)
    volume = np.zeros(shape_zyx)
    for (y, x), (radius, _other), _angle in _places(rng, shape_zyx[1], count, optics):
        z = rng.uniform(0.3, 0.7) * shape_zyx[0]
        height = radius * optics.pixel_size_um / optics.section_um * 0.7
        distance = ((rows - y) / radius) ** 2 + ((columns - x) / radius) ** 2
        volume[distance + ((sections - z) / height) ** 2 < 1] = rng.uniform(0.6, 1.0)
    recorded: NDArray[np.uint16] = _record(volume + 0.03, optics, rng)
    return recorded


def _places(rng: Any, size_px: int, count: int, optics: Optics) -> list[Any]:
    radius = 5.0 / optics.pixel_size_um  # a nucleus is about 10 um wide
    radius = min(radius, size_px / 8)
    places: list[Any] = []
    for _try in range(count * 40):
        centre = rng.uniform(radius, size_px - radius, 2)
        if all(
            ((centre - other[0]) ** 2).sum() > (2.2 * radius) ** 2 for other in places
        ):
            radii = radius * rng.uniform(0.75, 1.1, 2)
            places.append((centre, radii, rng.uniform(0, 3.1416)))
        if len(places) == count:
            break
    return places


def _ellipse(rows: Any, columns: Any, centre: Any, radii: Any, angle: float) -> Any:
    import numpy as np

    y, x = rows - centre[0], columns - centre[1]
    along = x * np.cos(angle) + y * np.sin(angle)
    across = y * np.cos(angle) - x * np.sin(angle)
    return np.hypot(along / radii[0], across / radii[1])


def _record(light: Any, optics: Optics, rng: Any) -> Any:
    import numpy as np
    from scipy import ndimage

    sigma = [optics.sigma_xy_px] * 2
    if light.ndim == 3:
        sigma = [optics.sigma_z_px, *sigma]
    blurred = ndimage.gaussian_filter(np.clip(light, 0, None), sigma)
    photons = rng.poisson(blurred * optics.photons)
    counts = photons * optics.gain_adu_per_photon + optics.offset_adu
    counts = counts + rng.normal(0, optics.read_noise_adu, light.shape)
    return np.clip(np.rint(counts), 0, 4095).astype(np.uint16)
