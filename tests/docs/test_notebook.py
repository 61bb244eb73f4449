"""The notebook runs from top to bottom and shows what it promises."""

import base64
import io
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import av
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from cnnmath import EXAMPLE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = Path("docs", "scenes.ipynb")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the notebook needs: what it renders stays out of the way of other tests."""
    project = tmp_path_factory.mktemp("project")
    for name in ("scenes", "cnnmath"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manim.cfg", project)
    (project / "docs").mkdir()
    shutil.copy(ROOT / NOTEBOOK, project / NOTEBOOK)
    return project


@pytest.fixture(scope="module")
def executed(project: Path) -> list[nbformat.NotebookNode]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(project))
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
            patch.setenv(name, str(project / name))
        notebook = nbformat.read(project / NOTEBOOK, as_version=4)
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(project / "docs")}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(cell: nbformat.NotebookNode) -> dict[str, str]:
    """What a cell shows, by MIME type; it must complain about nothing."""
    assert [output.text for output in cell.outputs if output.output_type == "stream"] == []
    return {kind: text for output in cell.outputs for kind, text in output.get("data", {}).items()}


def loaded(address: str, notebook: Path) -> io.BytesIO:
    """Load what an address stands for as a browser does: from the page itself, or from the notebook's folder."""
    kind, _, content = address.partition(";base64,")
    if kind.startswith("data:"):
        assert kind == "data:video/mp4"
        return io.BytesIO(base64.b64decode(content, validate=True))
    return io.BytesIO((notebook.parent / unquote(address)).read_bytes())


def test_its_scenes_are_shown_as_videos(executed: list[nbformat.NotebookNode], project: Path) -> None:
    films = [cell for cell in executed if re.match("%%manim(?!.* -s )", cell.source)]
    assert [cell.source.splitlines()[0].split()[-1] for cell in films] == ["TheFilter", "Edges"]
    for cell in films:
        source = re.search(r'<(?:video|source)[^>]* src="([^"]+)"', outputs(cell)["text/html"])
        assert source, "shown below its cell"
        with av.open(loaded(source[1], project / NOTEBOOK)) as video:
            frames = [frame.to_ndarray(format="gray")[::8, ::8] for frame in video.decode(video=0)]
        assert len(frames) > 100
        assert len({frame.tobytes() for frame in frames}) > 30, "it moves"


def test_its_still_is_light(executed: list[nbformat.NotebookNode]) -> None:
    still = next(cell for cell in executed if " -s " in cell.source)
    picture = outputs(still)["image/png"]
    with av.open(io.BytesIO(base64.b64decode(picture))) as shown:
        pixels = next(shown.decode(video=0)).to_ndarray(format="rgb24")
    assert abs(pixels[5, 5].astype(int) - (250, 250, 247)).max() <= 2


def test_the_page_to_explore_is_in_its_cell(executed: list[nbformat.NotebookNode]) -> None:
    cell = next(cell for cell in executed if "explore(EXAMPLE)" in cell.source)
    assert outputs(cell)["text/html"].startswith("<iframe ")


def test_its_numbers_are_those_of_the_film(executed: list[nbformat.NotebookNode]) -> None:
    shown = outputs(executed[-1])["text/plain"]
    numbers = np.array([int(number) for number in re.findall(r"-?\d+", shown)]).reshape(4, 9)
    assert (numbers == EXAMPLE.weight_matrix()).all()


def test_it_is_kept_without_what_it_shows() -> None:
    notebook = nbformat.read(ROOT / NOTEBOOK, as_version=4)
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook.cells)
