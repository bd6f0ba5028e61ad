from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from fair_imagic.cli.main import COMMANDS
from fair_imagic.workflow.base.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

    from fair_imagic.workflow.demo.sample_study import StudyFolder


def _widefield(study: StudyFolder, name: str = "field_01_control") -> Path:
    return study.images["widefield"] / f"{name}.ome.tiff"


def test_help_lists_every_command_in_both_languages(run: Run) -> None:
    english, french = run("--help"), run("--lang", "fr", "--help")
    assert english.returncode == french.returncode == 0
    for name in COMMANDS:
        assert name in english.stdout
    assert "vérifier des images" in french.stdout


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom fair_imagic.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'rdflib', 'pyoxigraph', 'sqlalchemy', 'lxml', 'tifffile',"
        " 'requests', 'pyshacl', 'linkml', 'rich', 'flask'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: fair-imagic")


def test_what_a_check_keeps_is_in_the_folder_that_home_names(
    run: Run, home: Path, tmp_path: Path
) -> None:
    record, other = tmp_path / "record.ttl", tmp_path / "other"
    record.write_text("<urn:a> a <https://w3id.org/fair-imagic/terms/PublicationSet> .")
    home.mkdir()
    other.mkdir()
    places = {"FAIR_IMAGIC_HOME": str(other), "FAIR_IMAGIC_CACHE_FOLDER": ""}
    done = run("check", record, **places)
    assert done.returncode == 1, done.stderr
    assert list((home / "cache").iterdir())
    assert not list(other.iterdir())


def test_import_check_repair_check(run: Run, study: StudyFolder) -> None:
    imported = run("import", _widefield(study), "--collection", "c")
    assert (imported.returncode, imported.stdout.strip()) == (
        0,
        "1 image in collection c",
    )
    assert run("set", "create", "s", "--title", "Nuclei").returncode == 0
    before = run("check", "s", "--profile", "set", "--format", "json")
    assert before.returncode == 1
    run("repair", "s", "--set", "license=CC-BY-4.0", "--author", "Ana Roux")
    after = run("check", "s", "--profile", "set", "--format", "json")

    def codes(text: str) -> list[str]:
        return [finding["code"] for finding in json.loads(text)["findings"]]

    assert "set/licence-required" in codes(before.stdout)
    assert "set/licence-required" not in codes(after.stdout)


def test_a_folder_is_checked_without_any_catalogue(
    run: Run, study: StudyFolder, home: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    done = run(
        "check", study.images["confocal"], "--format", "html", "--output", report
    )
    assert done.returncode == 1
    assert "<html" in report.read_text(encoding="utf-8")
    assert not home.exists()


def test_a_report_in_french(run: Run, study: StudyFolder) -> None:
    done = run("--lang", "fr", "check", study.images["confocal"])
    assert done.returncode == 1
    assert "à corriger" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nosuch"], "nosuch"),
        (["status", "--ask"], "--ask"),
        (["check"], "--all"),
        (["check", "nosuch", "--all"], "--all"),
        (["check", "--all"], "fair-imagic import"),
        (["check", "--all", "--output", "points.xlsx"], "check SET --output SET.xlsx"),
        (["check", "nosuch", "--only", "sets"], "--all"),
        (["check", ".", "--profile", "datacit"], "datacite"),
        (["import", "nosuch.tif"], "nosuch.tif"),
        (["set", "show", "nosuch"], "nosuch"),
        (["repair", "nosuch", "--set", "title=x"], "nosuch"),
        (["publish", "nosuch", "--to", "datacite"], "nosuch"),
        (["process", "nosuch", "--with", "segmentation"], "nosuch"),
        (["instrument", "import", "nosuch.json"], "nosuch.json"),
        (["dmp", "export", "nosuch"], "nosuch"),
        (["query", "SELECT nonsense"], "query"),
        (["query", "DELETE WHERE { ?s ?p ?o }"], "query"),
        (["query", "--name", "nosuch"], "nosuch"),
        (["repair", "nosuch"], "nosuch"),
        (["nosuch"], "nosuch"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    run: Run, arguments: list[str], words: str
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_an_unreadable_setting_is_named(run: Run) -> None:
    done = run("status", FAIR_IMAGIC_PORT="many")
    assert done.returncode == 2
    assert "port" in done.stderr


def test_the_language_of_the_data_folder_is_spoken(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIR_IMAGIC_LANGUAGE", raising=False)
    home.mkdir()
    (home / "config.toml").write_text('language = "fr"', encoding="utf-8")
    assert "Jeux de publication" in run("status").stdout
    assert "Publication sets" in run("status", FAIR_IMAGIC_LANGUAGE="en").stdout
    assert "Publication sets" in run("--lang", "en", "status").stdout


def test_secrets_are_not_shown(run: Run) -> None:
    done = run("config", "show", FAIR_IMAGIC_DATACITE_PASSWORD="s3cr3t-word")
    assert done.returncode == 0
    assert "s3cr3t-word" not in done.stdout + done.stderr


def test_a_switch_is_shown_as_it_is_written(run: Run) -> None:
    line = next(
        line
        for line in run("config", "show").stdout.splitlines()
        if line.startswith("FAIR_IMAGIC_PRACTICE_MODE")
    )
    assert line.split()[1] == "yes"


def test_french_output_has_the_spaces_of_french_and_no_empty_table(run: Run) -> None:
    lines = run("--lang", "fr", "status").stdout.splitlines()
    assert "Jeux de publication\N{NO-BREAK SPACE}: -" in lines
    assert "Publications\N{NO-BREAK SPACE}: -" in lines
    refusal = run("--lang", "fr", "targets", "nosuch").stderr
    assert "attendu\N{NO-BREAK SPACE}: " in refusal


def test_query_forms(run: Run, study: StudyFolder) -> None:
    run("import", _widefield(study), "--collection", "c")
    text = "SELECT ?t WHERE { ?i a fi:Image ; dcterms:title ?t }"
    assert "field_01_control" in run("query", text).stdout
    assert run("query", text, "--format", "csv").stdout == "t\nfield_01_control\n"
    found = json.loads(run("query", text, "--format", "json").stdout)
    assert found["results"]["bindings"][0]["t"]["value"] == "field_01_control"
    turtle = run("query", "DESCRIBE ?i WHERE { ?i a fi:Image }", "--format", "turtle")
    assert "fi:Image" in turtle.stdout


def test_a_query_of_which_the_answer_is_cut_says_so(
    run: Run, study: StudyFolder, home: Path
) -> None:
    run("import", _widefield(study), "--collection", "c")
    with (home / "config.toml").open("a", encoding="utf-8") as settings:
        settings.write("query_rows = 3\n")
    done = run("query", "SELECT * { ?s ?p ?o }", "--format", "csv")
    lines = done.stdout.splitlines()
    assert len(lines) == 5
    assert "cut after 3 rows" in lines[-1]
    assert "cut after 3 rows" in done.stderr
    assert "cut after" not in run("query", "SELECT * { ?s ?p ?o } LIMIT 3").stderr


def test_upgrade_says_what_it_does_and_other_commands_do_too(
    run: Run, older_home: Callable[[], Path], home: Path
) -> None:
    assert older_home() == home
    dry = run("upgrade", "--dry-run")
    assert "0001" in dry.stdout
    done = run("status")
    assert done.returncode == 0
    assert "0001" in done.stderr
    assert "up to date" in run("upgrade").stdout


def test_ctrl_c_during_import_keeps_what_is_done(
    study: StudyFolder, home: Path
) -> None:
    command = [
        sys.executable,
        "-m",
        "fair_imagic.cli.main",
        "--home",
        str(home),
        "import",
        str(study.images["widefield"]),
        "--collection",
        "c",
    ]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    seen = ""
    while "2/18" not in seen and "3/18" not in seen:
        seen += process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    _out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in error
    again = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0
    assert "18 images" in again.stdout
    assert "known already" in again.stdout


def test_a_killed_import_is_completed(study: StudyFolder, home: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "fair_imagic.cli.main",
        "--home",
        str(home),
        "import",
        str(study.images["widefield"]),
        "--collection",
        "c",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not (home / "thumbnails").is_dir() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    again = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "18 images" in again.stdout
    with open_workspace(home) as workspace:
        assert (
            workspace.catalogue.query(
                "SELECT (COUNT(?i) AS ?n) WHERE { ?i a fi:Image }"
            )
            .rows[0][0]
            .startswith('"18"')
        )


@pytest.mark.budget(180, "demo")
def test_the_demo_runs_twice(run: Run, tmp_path: Path) -> None:
    for _again in (False, True):
        done = run("demo", tmp_path / "demo", FAIR_IMAGIC_LANGUAGE="en")
        assert done.returncode == 0, done.stdout + done.stderr
        lines = dict(
            line.split("  ", 1)
            for line in done.stdout.partition("\n\n")[2].splitlines()
            if "  " in line
        )
        values = {key: text.strip() for key, text in lines.items()}
        assert values["Images"] == "20"
        assert int(values["Points to fix before correction"]) > 50
        assert values["Points to fix after correction"] == "0"
        doi, _space, words = values["DataCite DOI"].partition(" ")
        assert doi.startswith("https://doi.org/10.99999/")
        assert words == "(practice, opens nowhere)"
        plan = json.loads((tmp_path / "demo" / "madmp.json").read_text())
        assert doi in json.dumps(plan)
        _all_is_published_as_it_is(run("--lang", "fr", "status").stdout)


def _all_is_published_as_it_is(shown: str) -> None:
    states = shown.partition("Publications\n")[2].splitlines()[1:]
    assert len(states) == 3
    assert all(" publié " in line and "modifié" not in line for line in states)
    assert " accepté, public à sa date " in shown


FORMS = {
    "r.html": "<!DOCTYPE html>",
    "r.json": '{\n  "format": "fair-imagic-report/1"',
    "r.xml": "<?xml",
    "r.ttl": "@prefix",
    "r.txt": "Check of c",
}


@pytest.mark.parametrize("name", FORMS)
def test_the_name_of_the_file_says_the_form_of_the_report(
    run: Run, study: StudyFolder, tmp_path: Path, name: str
) -> None:
    run("import", _widefield(study), "--collection", "c")
    done = run("check", "c", "--profile", "set", "--output", tmp_path / name)
    assert done.returncode == 1
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(FORMS[name])
    other = run("check", "c", "--format", "json", "--output", tmp_path / name)
    assert other.returncode == 1
    assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["subject"]


def test_ctrl_c_during_a_check_says_so_and_leaves_no_report(
    study: StudyFolder, home: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    command = [sys.executable, "-m", "fair_imagic.cli.main", "--home", str(home)]
    command += ["check", str(study.images["confocal"]), "--output", str(report)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Checking: ")
    process.send_signal(signal.SIGINT)
    errors = process.communicate(timeout=120)[1]
    assert process.returncode == 2
    assert "Stopped. Nothing was reported and no file written." in errors
    assert "Traceback" not in errors
    assert list(tmp_path.glob("*report*")) == []


def test_a_check_says_in_plain_lines_what_it_is_doing(
    run: Run, study: StudyFolder
) -> None:
    run("import", _widefield(study), "--collection", "c")
    lines = run("check", "c", "--profile", "set").stderr.splitlines()
    assert lines[0] == "Checking: 0/3 Reading the requirements"
    assert re.match(r"Checking: 1/3 Checking \d+ statements by \d+ rules$", lines[1])
    assert re.match(r"Checking: 2/3 Writing the report of \d+ results$", lines[2])


def test_staff_decide_take_back_and_see_what_stops_a_set(
    run: Run, study: StudyFolder
) -> None:
    run("import", _widefield(study), "--collection", "c")
    run("set", "create", "s", "--title", "Nuclei", "--images", "all")
    code = "datacite/creator-required"
    point = ("override", "s", "--to", "datacite", "--code", code)
    shown = run("override", "s", "--to", "datacite")
    assert f"- {code}: DataCite refuses a record without a creator." in shown.stdout
    refused = run(*point, "--reason", "no")
    assert refused.returncode == 2
    assert "A decision needs a written reason" in refused.stderr
    reason = ("--reason", "Signed by the whole consortium", "--author", "Marie")
    assert run(*point, *reason).stdout.startswith("Decided by Marie")
    later = run("publish", "s", "--to", "datacite", "--dry-run")
    assert "“Signed by the whole consortium” (Marie, " in later.stderr
    assert f"[{code}]" not in later.stdout
    assert run(*point, "--take-back").returncode == 0
    assert code in run("override", "s", "--to", "datacite").stdout


def test_a_name_of_the_catalogue_goes_before_a_folder_of_that_name(
    run: Run, study: StudyFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    for number in (1, 2):
        image = _widefield(study, f"field_0{number}_control")
        (folder / image.name).write_bytes(image.read_bytes())
    before = run("check", "images", "--profile", "set", "--format", "json")
    assert "catalogue" not in before.stderr
    run("import", folder)
    run("repair", "images", "--set", "description=Nuclei of U2OS cells.")
    kept = run("check", "images", "--profile", "set", "--format", "json")
    other = run("check", "./images", "--profile", "set", "--format", "json")
    codes = [
        {finding["code"] for finding in json.loads(done.stdout)["findings"]}
        for done in (before, kept, other)
    ]
    missing = ["set/description-required" in found for found in codes]
    assert missing == [True, False, True]
    assert not any(code.startswith("model/") for found in codes for code in found)
    assert "./images" in kept.stderr
    assert "catalogue" not in other.stderr


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Figure 2", "figure-2"),
        ("../../etc", "etc-74ccf3c5"),
        ("é à ç", "e-a-c"),
        ("<script>'\"", "script-7833ba51"),
        ("two\nlines", "two-lines"),
    ],
)
def test_a_set_with_an_odd_name_is_found_by_it(
    run: Run, study: StudyFolder, name: str, short: str
) -> None:
    run("import", _widefield(study), "--collection", "c")
    made = run("set", "create", "--title", "T", "--", name)
    assert (made.returncode, made.stdout) == (0, f"Publication set {short}: 1 image\n")
    assert run("set", "create", "--", name).returncode == 2
    assert run("check", "--profile", "set", "--", name).returncode == 1


def test_names_without_letters_of_ours_stay_apart(run: Run, study: StudyFolder) -> None:
    run("import", _widefield(study), "--collection", "c")
    made = [run("set", "create", name) for name in ("名前", "姓")]
    assert [done.returncode for done in made] == [0, 0]
    assert run("set", "create", "名前").returncode == 2


@pytest.mark.parametrize("name", ["", "  ", "x" * 500])
def test_a_set_needs_a_name_that_can_be_one(run: Run, name: str) -> None:
    done = run("set", "create", name)
    assert done.returncode == 2
    assert "name" in done.stderr
    assert len(done.stderr) < 400


def test_an_argument_that_is_no_text_is_refused_in_words(run: Run) -> None:
    done = run("person", "add", os.fsdecode(b"Ren\xe9 X"))
    assert done.returncode == 2
    assert "UTF-8" in done.stderr
