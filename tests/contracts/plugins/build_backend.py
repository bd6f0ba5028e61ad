"""The smallest build backend (PEP 517): a wheel of one package, made offline."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path


def build_wheel(
    wheel_directory: str,
    config_settings: object = None,
    metadata_directory: object = None,
) -> str:
    """Write the wheel of the project in the current folder; return its name."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    package = project["name"].replace("-", "_")
    info = f"{package}-{project['version']}.dist-info"
    name = f"{package}-{project['version']}-py3-none-any.whl"
    texts = {
        "METADATA": "Metadata-Version: 2.1\n"
        f"Name: {project['name']}\nVersion: {project['version']}\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: build_backend\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
        "entry_points.txt": "".join(
            f"[{group}]\n"
            + "".join(f"{key} = {value}\n" for key, value in rows.items())
            for group, rows in project["entry-points"].items()
        ),
    }
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as wheel:
        names = [
            path
            for path in sorted(Path(package).rglob("*"))
            if path.is_file() and path.suffix != ".pyc"
        ]
        for path in names:
            wheel.write(path, path.as_posix())
        for file, text in texts.items():
            wheel.writestr(f"{info}/{file}", text)
        listed = [path.as_posix() for path in names] + [
            f"{info}/{one}" for one in texts
        ]
        rows = [f"{one},,\n" for one in (*listed, f"{info}/RECORD")]
        wheel.writestr(f"{info}/RECORD", "".join(rows))
    return name
