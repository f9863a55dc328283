import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from llm_svc.prompts.loader import load_prompts
from llm_svc.prompts.shipped import DEFAULT, prompts_path

ROOT = Path(__file__).parents[4]


def test_away_from_the_repository_the_shipped_prompts_are_used(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = load_prompts(prompts_path(DEFAULT)).prompts
    assert found == load_prompts(ROOT / DEFAULT).prompts
    own = tmp_path / DEFAULT
    own.parent.mkdir()
    own.write_text("prompts: {}")
    assert prompts_path(DEFAULT) == DEFAULT


def test_a_file_that_is_named_is_never_replaced():
    assert prompts_path(Path("none.yaml")) == Path("none.yaml")


@pytest.mark.spawn
def test_a_wheel_holds_the_prompts(tmp_path):
    for name in ("services/llm_svc", "config"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "tests")
        )
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=tmp_path / "services/llm_svc", check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        shipped = wheel.read("llm_svc/prompts/shipped.yaml")
    assert shipped == (ROOT / DEFAULT).read_bytes()
