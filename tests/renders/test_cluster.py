"""Profiles, what they ask of a queue, and what is said of jobs that end there: without any queue."""

import json
import os
from pathlib import Path

import pytest

from renders import cluster, far, journal
from renders.cluster import check_queue, read_profile
from renders.following import snakemake
from renders.needs import memory, minutes
from renders.request import QUALITIES, Job


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an empty list of programs in front of the others."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def program(name: str, script: str) -> None:
    """Put a program in front of those of the system."""
    file = Path("bin", name)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def own(text: str) -> str:
    Path("site").mkdir(exist_ok=True)
    Path("site", "config.yaml").write_text(text, encoding="utf-8")
    return "site"


def test_the_profile_that_comes_along_is_slurms() -> None:
    profile = read_profile("slurm")
    assert (profile.executor, profile.folder) == ("slurm", cluster.PROFILES / "slurm")
    program("scontrol", "echo 'AccountingStorageType = accounting_storage/none'")
    where = profile.where("m", "")
    assert where.is_far
    assert where.retries == 2
    assert f"clips={cluster.SHARED['m']}" in where.options
    assert where.options[-4:] == ["--slurm-status-command", "squeue", "--retries", "0"]
    program("scontrol", "echo 'AccountingStorageType = accounting_storage/slurmdbd'")
    options = snakemake(["a.mp4"], {"quality": "m"}, profile.where("m", "7"))
    assert "sacct" in options
    assert options[options.index("--jobs") + 1] == "7"
    assert json.loads(Path(options[options.index("--configfile") + 1]).read_text(encoding="utf-8")) == {"quality": "m"}


def test_a_sites_own_profile_keeps_what_it_says() -> None:
    profile = read_profile(own('executor: cluster-generic\ngroups: ["clip=mine"]\ncluster-generic-submit-cmd: qsub\n'))
    assert profile.where("h", "").options == ["--profile", str(Path("site").resolve()), "--jobs", "100",
                                              "--retries", "0"]  # fmt: skip
    assert read_profile("site/config.yaml") == profile
    here = read_profile(own("cores: 2\n")).where("h", "")
    assert not here.is_far


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, r"unknown profile site; expected slurm, or the path to a folder with a config\.yaml"),
        ("executor: [", r"site/config\.yaml is no YAML: "),
        ("slurm", r"site/config\.yaml holds no options; expected lines such as executor: slurm"),
        ("executor: flux", r"plugin flux, which is not installed; .* pip install .*snakemake-executor-plugin-flux"),
    ],
)
def test_a_profile_that_cannot_be_used_is_refused(text: str | None, message: str) -> None:
    if text is not None:
        own(text)
    with pytest.raises(ValueError, match=message):
        read_profile("site")


def test_a_plugin_that_is_missing_is_installed_with_the_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"install it with: \S+python -m pip install .*-r requirements-cluster\.txt"):
        read_profile("slurm")


def test_a_queue_that_takes_no_job_is_said_to_in_its_own_words() -> None:
    profile = read_profile(own('executor: slurm\ndefault-resources: ["slurm_account=dept", "mem_mb=1"]\n'))
    program("sbatch", 'echo "$@" > asked; echo "sbatch: error: Invalid account" >&2; exit 1')
    with pytest.raises(ValueError, match=r"nothing is submitted\. sbatch says: Invalid account"):
        check_queue(profile, "k")
    asked = Path("asked").read_text(encoding="utf-8").split()
    assert {"--test-only", "--account=dept", f"--mem={memory('k')}"} <= set(asked)
    program("sbatch", "exit 0")
    check_queue(profile, "k")
    check_queue(read_profile(own("executor: cluster-generic\n")), "k")


def test_more_pixels_need_more_and_so_does_another_attempt() -> None:
    short, long = Job("A", "the_filter", ""), Job("B", "matrix_view", "")
    for less, more in zip(QUALITIES, list(QUALITIES)[1:], strict=False):
        assert memory(less) <= memory(more)
        assert minutes(short, less) < minutes(short, more)
    assert minutes(short, "m") < minutes(long, "m") <= minutes(short, "m", 2)
    assert memory("m", 2) == 2 * memory("m")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> journal.Journal:
    """The journal of a run whose jobs are this process."""
    monkeypatch.setenv(journal.VARIABLE, str(folder / "run"))
    monkeypatch.setattr(journal.socket, "gethostname", lambda: "node07.site")
    return journal.Journal(folder / "run")


def test_what_jobs_say_is_read_once_and_whole(folder: Path, run: journal.Journal) -> None:
    journal.note("One: rendering in 480p15")
    journal.note("\nOne FAILED. manim said:\nValueError: got 3\n")
    assert [said.node for said in run.new()] == ["node07.site"] * 2
    assert (run.node_of, run.failed, run.done) == ({"One": "node07.site"}, {"One"}, set())
    journal.fail("One")
    assert journal.has_failed("One")
    with (folder / "run" / "other.5").open("w") as file:
        file.write('"Two: done, 3')
        file.flush()
        assert list(run.new()) == []
        file.write(' s"\n')
    assert [said.text for said in run.new()] == ["Two: done, 3 s"]
    assert run.done == {"Two"}


GROUP = """\
Job 5 has been submitted with SLURM jobid 12 (log: LOG).
    message: Error in group clips
    log: LOG (check log file(s) for error details)
    jobs:
        rule clip:
            output: renders/clips/One.mp4, renders/clips/One.srt
        rule clip:
            output: renders/clips/Two-light.mp4, renders/clips/Two-light.srt
    [Thu Nov 26 02:40:08 2026]
    Error in rule clip:
        output: renders/clips/One.mp4, renders/clips/One.srt
    rule clip:
        output: renders/clips/Three.mp4, renders/clips/Three.srt
"""


def ended(run: journal.Journal, text: str) -> tuple[list[str], bool]:
    reader = far.Ended(run)
    said = [said for line in text.splitlines(keepends=True) for said in reader.take(line)]
    return [*said, *reader.close()], reader.lost


@pytest.mark.parametrize(
    ("state", "log", "words"),
    [
        ("TIMEOUT", "", "the queue killed it for time"),
        ("OUT_OF_MEMORY", "", "the queue killed it for memory"),
        ("FAILED", "slurmstepd: error: Detected 1 oom_kill event", "the queue killed it for memory"),
        ("CANCELLED", "slurmstepd: error: *** JOB 12 CANCELLED AT x DUE TO TIME LIMIT ***", "killed it for time"),
        ("CANCELLED by 0", "", "somebody cancelled it (scancel)"),
        ("NODE_FAIL", "", "its machine went down"),
    ],
)
def test_a_job_that_was_killed_says_so(run: journal.Journal, state: str, log: str, words: str) -> None:
    Path("12.log").write_text(log, encoding="utf-8")
    program("squeue", f"echo '{state}|node07'")
    (said,), lost = ended(run, GROUP.replace("LOG", "12.log"))
    assert said.startswith("One, Two-light ENDED on node07: ")
    assert words in said
    assert lost


def test_a_scenes_own_fault_is_said_once(run: journal.Journal) -> None:
    program("squeue", "echo 'FAILED|node07'")
    journal.note("Two-light: done, 3 s of film in 9 s")
    journal.note("One FAILED. manim said: no")
    list(run.new())
    assert ended(run, GROUP.replace("LOG", "12.log")) == ([], False)


def test_a_job_that_is_not_submitted_says_why(run: journal.Journal) -> None:
    text = "Error in rule clip:\n    message: SLURM sbatch failed. The error message was 'no'.\n    jobid: 1\nNext\n"
    assert ended(run, text) == (["A job was not submitted. SLURM sbatch failed. The error message was 'no'."], True)
