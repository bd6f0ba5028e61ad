"""What every registered processor keeps to, and one that a plug-in brings."""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.errors import InputError
from fair_imagic.i18n import LANGUAGES
from fair_imagic.processing import (
    InputImage,
    ProcessingJob,
    Processor,
    checked,
    processor,
    processors,
    verify,
)
from fair_imagic.processing.registry import GROUP
from fair_imagic.readers import LEAKS, read

sys.path.insert(0, str(Path(__file__).parent))
from processor_gaps import PROOFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.processing import ProcessingResult

PLUGIN = "median"
TOKENS = sorted(point.name for point in entry_points(group=GROUP))


@pytest.fixture(params=[*TOKENS, PLUGIN])
def chosen(
    request: pytest.FixtureRequest, with_plugin: Callable[[], None]
) -> Processor:
    if request.param == PLUGIN:
        with_plugin()
    return processor(request.param)


@pytest.fixture
def with_plugin(
    monkeypatch: pytest.MonkeyPatch, installed: Callable[[str], Path]
) -> Iterator[Callable[[], None]]:
    """A function that brings the plug-in's processor, for one test."""

    def bring() -> None:
        monkeypatch.syspath_prepend(str(installed("median_filter")))
        processors.cache_clear()

    yield bring
    sys.modules.pop("median_filter", None)
    processors.cache_clear()


@pytest.fixture
def images(tmp_path: Path) -> tuple[InputImage, ...]:
    """Two files with round objects, which tell who was at the microscope."""
    return tuple(_image(tmp_path / f"field {number}.tif") for number in range(2))


def _image(path: Path) -> InputImage:
    y, x = np.mgrid[0:64, 0:80]
    noise = np.random.default_rng(len(path.name)).normal(0, 20, y.shape)
    disc = (y - 30) ** 2 + (x - 30) ** 2 < 100
    data = (np.where(disc, 900, 100) + noise).clip(0).astype(np.uint16)
    text = f"Operator: ana.roux {path.name}"
    tifffile.imwrite(path, data, description=text, metadata=None)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    leaks = tuple(dict.fromkeys(leak.kind for leak in read(path).leaks))
    assert set(leaks) <= set(LEAKS)
    assert leaks
    return InputImage(path=path, sha256=digest, name=path.stem, leaks=leaks)


def _run(
    chosen: Processor, images: tuple[InputImage, ...], folder: Path
) -> tuple[ProcessingResult, list[float]]:
    folder.mkdir()
    shares: list[float] = []
    job = ProcessingJob(
        inputs=images,
        parameters=checked(chosen.parameters, {}),
        folder=folder,
        report=lambda share, _what: shares.append(share),
    )
    return chosen.run(job), shares


@pytest.fixture
def usable(chosen: Processor) -> Processor:
    probe = chosen.probe()
    if not probe.is_available:
        pytest.skip(probe.reason)
    return chosen


def test_it_says_what_it_is_in_every_language(chosen: Processor) -> None:
    for texts in (chosen.title, chosen.description):
        assert set(texts) == set(LANGUAGES)
        assert all(text.strip() for text in texts.values())
    assert chosen.makes
    assert all(role.strip() == role != "" for role in chosen.makes)
    probe = chosen.probe()
    assert bool(probe.version) != bool(probe.reason)


def test_its_parameters_take_their_defaults_and_explain_themselves(
    chosen: Processor,
) -> None:
    values = checked(chosen.parameters, {})
    assert checked(chosen.parameters, values) == values
    for parameter in chosen.parameters:
        assert set(parameter.help) == set(LANGUAGES)
        assert parameter.checked(parameter.default) == parameter.default
    with pytest.raises(InputError, match="no_such_parameter"):
        checked(chosen.parameters, {"no_such_parameter": "1"})


def test_its_gaps_have_names_of_their_own_and_a_proof(chosen: Processor) -> None:
    codes = [gap.code for gap in chosen.gaps]
    assert codes
    assert len(codes) == len(set(codes))
    assert {code for token, code in PROOFS if token == chosen.token} == set(codes)


def test_it_makes_what_it_says_and_each_output_is_whole(
    usable: Processor, images: tuple[InputImage, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    before = [image.path.read_bytes() for image in images]
    result, shares = _run(usable, images, folder)
    verify(result, folder, inputs=len(images))
    assert {output.role for output in result.outputs} == set(usable.makes)
    made_from = {number for output in result.outputs for number in output.sources}
    assert made_from == set(range(len(images)))
    present = {
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()
    }
    assert present == {output.name for output in result.outputs}
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [image.path.read_bytes() for image in images] == before


def test_the_same_job_gives_the_same_files(
    usable: Processor, images: tuple[InputImage, ...], tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    (first, _), (second, _) = (_run(usable, images, folder) for folder in folders)
    assert first == second
    for output in first.outputs:
        contents = {(folder / output.name).read_bytes() for folder in folders}
        assert len(contents) == 1


def test_a_file_that_breaks_off_is_a_clear_error(
    usable: Processor, images: tuple[InputImage, ...], tmp_path: Path
) -> None:
    path = images[0].path
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(InputError) as caught:
        _run(usable, images, tmp_path / "out")
    assert path.name in f"{caught.value.where} {caught.value.message}"


@pytest.mark.parametrize(("token", "code"), sorted(PROOFS))
def test_a_known_gap_is_real(
    with_plugin: Callable[[], None], tmp_path: Path, token: str, code: str
) -> None:
    if token == PLUGIN:
        with_plugin()
    chosen = processor(token)
    if not chosen.probe().is_available:
        pytest.skip(chosen.probe().reason)
    PROOFS[token, code](chosen, tmp_path)
