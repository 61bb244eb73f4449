import json
import subprocess
import sys

ABSENT = ["manim", "scenes", "renders", "jax", "matplotlib", "PIL", "av"]


def test_the_core_imports_no_pictures():
    code = "import sys, json, cnnmath; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(run.stdout)}
    assert "cnnmath" in loaded
    assert not loaded & set(ABSENT)
