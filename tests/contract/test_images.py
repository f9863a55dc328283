"""No Docker engine runs here, so the images are proved by doing what their Dockerfiles say."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
IMAGES = {
    "genie_svc": ROOT / "services/genie_svc/Dockerfile",
    "llm_svc": ROOT / "services/llm_svc/Dockerfile",
    "orchestrator_svc": ROOT / "services/orchestrator_svc/Dockerfile",
    "gateway": ROOT / "gateway/Dockerfile",
    "local_workspace": ROOT / "local_workspace/Dockerfile",
}
PROTO_FREE = {"local_workspace"}
VENDORS = {
    "genie_svc": {"databricks.sdk"},
    "llm_svc": {"openai", "databricks.sdk"},
    "orchestrator_svc": set(),
    "gateway": {"fastapi"},
    "local_workspace": {"duckdb", "fastapi"},
}
"""What each image may hold of the packages that one service alone needs."""


def instructions(dockerfile: Path) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile as (name, arguments)."""
    joined = re.sub(r"\\\n\s*", " ", dockerfile.read_text())
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


@pytest.mark.parametrize("name", IMAGES)
def test_dockerfile_has_no_warning(name):
    linter = Path(sys.executable).parent / "hadolint"
    found = subprocess.run(
        [linter, "--failure-threshold", "warning", IMAGES[name]], capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("name", IMAGES)
def test_image_is_not_root_and_has_a_health_check(name):
    found = instructions(IMAGES[name])
    users = [arguments for kind, arguments in found if kind == "USER"]
    assert users[-1] not in {"root", "0"}
    assert any(kind == "HEALTHCHECK" for kind, _ in found)
    assert json.loads(found[-1][1]) == ["python", "-m", name]


@pytest.mark.spawn
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", IMAGES)
def test_what_the_dockerfile_installs_runs_and_is_all_there_is(name, tmp_path):
    venv = _install_as_the_dockerfile_says(IMAGES[name], tmp_path)
    python = venv / "bin/python"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    helped = subprocess.run(
        [python, "-m", name, "--help"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=60,
    )
    assert helped.returncode == 0, helped.stderr
    assert "--config" in helped.stdout
    others = {package for found in VENDORS.values() for package in found} - VENDORS[name]
    others |= set(IMAGES) - {name}
    code = (
        "import importlib.util as u, sys\n"
        "def found(name):\n"
        "    try: return u.find_spec(name) is not None\n"
        "    except ModuleNotFoundError: return False\n"
        "print([name for name in sys.argv[1:] if found(name)])"
    )
    present = subprocess.run(
        [python, "-c", code, *sorted(others)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert present.stdout.strip() == "[]", present.stdout + present.stderr


def _install_as_the_dockerfile_says(dockerfile: Path, tmp_path: Path) -> Path:
    """Runs the build stage's RUN lines, with uv in pip's place because it is quick."""
    uv = Path(sys.executable).parent / "uv"
    wheels = tmp_path / "wheels"
    for kind, arguments in instructions(dockerfile):
        if kind == "FROM" and "AS build" not in arguments:
            break
        if kind != "RUN":
            continue
        for command in arguments.split(" && "):
            words = shlex.split(command)
            if words[:3] == ["python", "-m", "venv"]:
                run = [uv, "venv", "--quiet", "--python", sys.executable, tmp_path / words[3][1:]]
                _run(run)
            elif words[1] == "install":
                _run([uv, *_install(words, tmp_path, wheels)])
            else:
                assert words[1] == "wheel", command
                _build(uv, words, tmp_path, wheels)
    return tmp_path / "venv"


def _install(words: list[str], tmp_path: Path, wheels: Path) -> list[object]:
    python = tmp_path / words[0][1:].split("/")[0] / "bin/python"
    arguments: list[object] = ["pip", "install", "--quiet", "--python", python]
    for word in words[2:]:
        if word == "/wheels/*.whl":
            arguments += sorted(wheels.glob("*.whl"))
        else:
            arguments.append(word)
    return arguments


def _build(uv: Path, words: list[str], tmp_path: Path, wheels: Path) -> None:
    python = tmp_path / "tools/bin/python"
    for project in [word for word in words if word.startswith("./")]:
        build = [uv, "build", "--quiet", "--wheel", "--no-build-isolation", "--python", python]
        _run([*build, "--out-dir", wheels, ROOT / project])


def _run(command: list[object]) -> None:
    done = subprocess.run(
        [str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def test_compose_names_images_that_exist_and_waits_for_health():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = compose["services"]
    assert {service["build"]["dockerfile"] for service in services.values()} == {
        str(path.relative_to(ROOT)) for path in IMAGES.values()
    }
    for name, service in services.items():
        assert service["read_only"], name
        for dependency, condition in service.get("depends_on", {}).items():
            assert dependency in services
            assert condition == {"condition": "service_healthy"}
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_compose_follows_the_compose_schema():
    import jsonschema

    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    # The parts of the compose specification that we use, closed: a misspelt key is refused.
    text = {"type": "string"}
    service = {
        "type": "object",
        "additionalProperties": False,
        "required": ["build"],
        "properties": {
            "build": {
                "type": "object",
                "additionalProperties": False,
                "required": ["context", "dockerfile"],
                "properties": {"context": text, "dockerfile": text},
            },
            "environment": {"type": "object", "additionalProperties": text},
            "volumes": {"type": "array", "items": text},
            "ports": {"type": "array", "items": text},
            "depends_on": {"type": "object"},
            "restart": {"enum": ["unless-stopped"]},
            "read_only": {"type": "boolean"},
            "tmpfs": {"type": "array", "items": text},
            "cap_drop": {"type": "array", "items": text},
            "security_opt": {"type": "array", "items": text},
            "stop_grace_period": {"type": "string", "pattern": r"^\d+s$"},
        },
    }
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["services"],
        "patternProperties": {"^x-": {}},
        "properties": {
            "name": text,
            "services": {"type": "object", "additionalProperties": service},
            "volumes": {"type": "object"},
        },
    }
    jsonschema.validate(compose, schema)
