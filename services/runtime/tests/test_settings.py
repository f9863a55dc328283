from __future__ import annotations

import pickle
from pathlib import Path
from typing import Annotated, Literal

import pytest
from aislides_runtime.settings import Secret, Section, SettingsError, load_settings
from pydantic import BaseModel, Field, field_validator

ALIASES = {
    "DATABRICKS_TOKEN": "databricks.token",
    "DATABRICKS_HOST": "databricks.host",
    "LOG_LEVEL": "logging.level",
    "API_PORT": "api.port",
}
NEEDED = {"DATABRICKS_TOKEN": "t0", "DATABRICKS_HOST": "http://w"}


class Retry(Section):
    attempts: Annotated[int, Field(ge=1, le=5)] = 3


class Llm(Section):
    endpoint: str
    max_tokens: Annotated[int, Field(gt=0)] = 4000
    temperature: float = 0.0
    mode: Literal["online", "offline"] = "online"
    stream: bool = True
    fallbacks: list[str] = Field(default_factory=list)
    prices: dict[str, float] = Field(default_factory=dict)
    retry: Retry = Retry()

    @field_validator("endpoint")
    @classmethod
    def _no_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("must name an endpoint")
        return value


class Databricks(Section):
    host: str
    token: Secret


class Logging(Section):
    level: Literal["DEBUG", "INFO"] = "INFO"


class Settings(Section):
    llm: Llm
    databricks: Databricks
    logging: Logging = Logging()
    extra_token: Secret | None = None
    second: Retry | None = None


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("config").mkdir()
    return Path("config/config.yaml")


def load(path: Path | None, environ: dict[str, str] | None = None) -> Settings:
    return load_settings(
        Settings,
        other_sections=frozenset({"genie", "api", "output"}),
        path=path,
        environ=NEEDED if environ is None else environ,
        dotenv=Path(".env"),
        aliases=ALIASES,
    )


def faults(path: Path | None, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(path, environ)
    assert str(caught.value) == "\n".join(caught.value.faults)
    assert all("\n" not in fault for fault in caught.value.faults)
    return caught.value.faults


def test_defaults_fill_what_is_not_set(config: Path) -> None:
    config.write_text("llm:\n  endpoint: claude\ngenie: {spaces: [a]}\noutput:\nlogging:\n")
    settings = load(config)
    assert settings.llm.max_tokens == 4000
    assert settings.logging.level == "INFO"
    assert settings.databricks.token.reveal() == "t0"
    assert settings.second is None


def test_environment_wins_over_dotenv_and_dotenv_over_yaml(config: Path) -> None:
    config.write_text("llm: {endpoint: yaml, max_tokens: 1, temperature: 0.1}\n")
    Path(".env").write_text(
        "# comment\nexport AISLIDES_LLM__MAX_TOKENS='2'\nAISLIDES_LLM__TEMPERATURE=0.2\n"
        "OTHER_TOOL=$x\n"
    )
    settings = load(config, NEEDED | {"AISLIDES_LLM__TEMPERATURE": "0.3"})
    assert settings.llm.endpoint == "yaml"
    assert settings.llm.max_tokens == 2
    assert settings.llm.temperature == 0.3


def test_a_full_name_wins_over_an_alias_but_environment_over_dotenv(config: Path) -> None:
    config.write_text("llm: {endpoint: e}\n")
    both = {"AISLIDES_LOGGING__LEVEL": "DEBUG", "LOG_LEVEL": "INFO"}
    assert load(config, NEEDED | both).logging.level == "DEBUG"
    Path(".env").write_text("AISLIDES_LOGGING__LEVEL=DEBUG\n")
    assert load(config, NEEDED | {"LOG_LEVEL": "INFO"}).logging.level == "INFO"


def test_variables_give_lists_groups_and_nested_keys(config: Path) -> None:
    environ = NEEDED | {
        "AISLIDES_LLM__ENDPOINT": "[odd] but text",
        "AISLIDES_LLM__FALLBACKS": '["a", "b"]',
        "AISLIDES_LLM__PRICES": '{"m": 0.5}',
        "AISLIDES_LLM__RETRY__ATTEMPTS": "5",
        "AISLIDES_EXTRA_TOKEN": "zz",
        "AISLIDES_SECOND__ATTEMPTS": "1",
    }
    settings = load(None, environ)
    assert settings.llm.endpoint == "[odd] but text"
    assert settings.llm.fallbacks == ["a", "b"]
    assert settings.llm.prices == {"m": 0.5}
    assert settings.llm.retry.attempts == 5
    assert settings.extra_token == Secret("zz")
    assert settings.second == Retry(attempts=1)


def test_what_is_not_ours_is_not_looked_at(config: Path) -> None:
    config.write_text("llm: {endpoint: e}\ngenie: 5\n")
    environ = {"AISLIDES_GENIE__X": "1", "AISLIDES_CONFIG": "x", "API_PORT": "many", "PATH": "p"}
    assert load(config, NEEDED | environ).llm.endpoint == "e"


def test_an_empty_variable_counts_as_not_set(config: Path) -> None:
    config.write_text("llm: {endpoint: e}\n")
    assert faults(config, NEEDED | {"DATABRICKS_TOKEN": " "}) == [
        "DATABRICKS_TOKEN is missing: set it in the environment or in .env"
    ]


OK = "llm:\n  endpoint: e\n"

FILE_FAULTS = {
    "whole number": (
        OK + "  max_tokens: many\n",
        "llm.max_tokens: must be a whole number (got 'many')",
    ),
    "fraction": (OK + "  max_tokens: 1.5\n", "llm.max_tokens: must be a whole number (got 1.5)"),
    "true is no number": (
        OK + "  max_tokens: true\n",
        "llm.max_tokens: must be a number (got true)",
    ),
    "number": (OK + "  temperature: hot\n", "llm.temperature: must be a number (got 'hot')"),
    "bool": (OK + "  stream: maybe\n", "llm.stream: must be true or false (got 'maybe')"),
    "text": ("llm:\n  endpoint: [a]\n", "llm.endpoint: must be text (got ['a'])"),
    "nothing": ("llm:\n  endpoint:\n", "llm.endpoint: must be text (got nothing)"),
    "list": (OK + "  fallbacks: a\n", "llm.fallbacks: must be a list (got 'a')"),
    "entry": (OK + "  fallbacks: [a, 3]\n", "llm.fallbacks.1: must be text (got 3)"),
    "group": (OK + "  prices: 3\n", "llm.prices: must be a group of 'key: value' lines (got 3)"),
    "section": ("llm: 3\n", "llm: must be a group of 'key: value' lines (got 3)"),
    "choice": (
        OK + "  mode: on-line\n",
        "llm.mode: must be one of 'online' or 'offline' (got 'on-line')",
    ),
    "too small": (OK + "  max_tokens: 0\n", "llm.max_tokens: must be more than 0 (got 0)"),
    "nested": (OK + "  retry: {attempts: 9}\n", "llm.retry.attempts: must be at most 5 (got 9)"),
    "own rule": ("llm: {endpoint: ' '}\n", "llm.endpoint: must name an endpoint"),
    "near key": (
        OK + "  max_token: 3\n",
        "llm.max_token: is not a known key; did you mean 'max_tokens'?",
    ),
    "nested key": (
        OK + "  retry: {zzz: 9}\n",
        "llm.retry.zzz: is not a known key; known: attempts",
    ),
    "near section": (OK + "lmm: {}\n", "lmm: is not a known section; did you mean 'llm'?"),
    "secret": (
        OK + "databricks: {token: dapi1}\n",
        "databricks.token: belongs in the environment or .env (as DATABRICKS_TOKEN), "
        "not in this file",
    ),
    "top secret": (
        OK + "extra_token: dapi1\n",
        "extra_token: belongs in the environment or .env (as AISLIDES_EXTRA_TOKEN), "
        "not in this file",
    ),
    "long value": (
        OK + f"  max_tokens: {'x' * 99}\n",
        f"llm.max_tokens: must be a whole number (got '{'x' * 56}...)",
    ),
}


@pytest.mark.parametrize("case", FILE_FAULTS)
def test_a_fault_in_the_file_is_one_line_that_names_file_and_key(config: Path, case: str) -> None:
    text, expected = FILE_FAULTS[case]
    config.write_text(text)
    environ = {"DATABRICKS_HOST": "h"} if "databricks.token" in expected else None
    assert faults(config, environ) == [f"config/config.yaml: {expected}"]


VARIABLE_FAULTS = {
    "AISLIDES_LLM__MAX_TOKENS=many": "must be a whole number (got 'many')",
    "AISLIDES_LLM__FALLBACKS=a,b": "must be a list (got 'a,b')",
    "AISLIDES_LLM__FALLBACKS=[a": "must be a list (got '[a')",
    "AISLIDES_LLM__FALLBACKS=[1]": "0: must be text (got 1)",
    "AISLIDES_LLM__MAX_TOKEN=3": "is not a known setting; did you mean AISLIDES_LLM__MAX_TOKENS?",
    "AISLIDES_LLM_MAX_TOKENS=3": "is not a known setting; did you mean AISLIDES_LLM__MAX_TOKENS?",
    "AISLIDES_LMM__MODE=x": "is not a known setting; did you mean AISLIDES_LLM__MODE?",
    "AISLIDES_LLM__RETRY__TIMES=3": "is not a known setting; did you mean AISLIDES_LLM__RETRY?",
    "LOG_LEVEL=LOUD": "must be one of 'DEBUG' or 'INFO' (got 'LOUD')",
}


@pytest.mark.parametrize("setting", VARIABLE_FAULTS)
def test_a_faulty_variable_is_named_with_its_origin(config: Path, setting: str) -> None:
    config.write_text(OK)
    name, value = setting.split("=")
    expected = VARIABLE_FAULTS[setting]
    assert faults(config, NEEDED | {name: value}) == [f"{name} (environment): {expected}"]
    Path(".env").write_text(setting + "\n")
    assert faults(config) == [f"{name} (.env): {expected}"]


def test_a_faulty_secret_is_never_shown(config: Path) -> None:
    config.write_text("llm: {endpoint: e}\nextra_token: [hush]\n")
    assert "hush" not in "".join(faults(config))


def test_missing_values_say_where_to_set_them(config: Path) -> None:
    config.write_text("llm:\n")
    assert faults(config, {}) == [
        "llm.endpoint is missing: set it in config/config.yaml or as AISLIDES_LLM__ENDPOINT",
        "databricks.host is missing: set it in config/config.yaml or as DATABRICKS_HOST",
        "DATABRICKS_TOKEN is missing: set it in the environment or in .env",
    ]
    assert faults(None)[0] == "llm.endpoint is missing: set AISLIDES_LLM__ENDPOINT"


def test_all_faults_are_told_at_once(config: Path) -> None:
    config.write_text("llm: {endpont: a, max_tokens: many}\nlmm: {}\n")
    assert len(faults(config, {"AISLIDES_LLM__MOOD": "x"})) == 7


YAML_FAULTS = {
    "llm:\n  endpoint: [a\n": ":3:1: not valid YAML: expected ',' or ']', but got '<stream end>'",
    "llm:\n\tendpoint: a\n": (
        r":2:1: not valid YAML: found character '\t' that cannot start any token"
    ),
    "llm:\n  endpoint: a\n  endpoint: b\n": ":3:3: not valid YAML: endpoint is given twice",
    "llm: {}\nllm: {}\n": ":2:1: not valid YAML: llm is given twice",
    "llm: !!python/name:os.system x\n": (
        ":1:6: not valid YAML: could not determine a constructor for the tag "
        "'tag:yaml.org,2002:python/name:os.system'"
    ),
    "- a\n": ": must hold sections such as 'logging:'",
    "llm: a\0b\n": (
        ": not valid YAML: unacceptable character #x0000: special characters are not allowed"
    ),
}


@pytest.mark.parametrize("text", YAML_FAULTS)
def test_broken_yaml_is_told_with_line_and_column(config: Path, text: str) -> None:
    config.write_text(text)
    assert faults(config) == [f"config/config.yaml{YAML_FAULTS[text]}"]


def test_unreadable_files_are_told(config: Path) -> None:
    assert faults(config) == ["config/config.yaml: does not exist"]
    config.write_bytes(b"llm: \xff\n")
    assert faults(config) == ["config/config.yaml: is not UTF-8 text"]
    assert faults(Path("config")) == ["config: cannot be read: Is a directory"]


def test_a_broken_dotenv_line_is_told(config: Path) -> None:
    config.write_text(OK)
    Path(".env").write_text("A=1\nB='open\nC=2\n")
    assert faults(config) == [".env:2: must look like NAME=value"]
    Path(".env").write_bytes(b"A=\xff\n")
    assert faults(config) == [".env: is not UTF-8 text"]


def test_an_empty_file_is_fine_when_the_environment_has_all(config: Path) -> None:
    config.write_text("")
    assert load(config, NEEDED | {"AISLIDES_LLM__ENDPOINT": "e"}).llm.endpoint == "e"


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLIDES_LOGGING__LEVEL", "DEBUG")

    class Only(Section):
        logging: Logging = Logging()

    assert load_settings(Only).logging.level == "DEBUG"


def test_a_model_that_lets_unknown_keys_pass_is_a_programming_error() -> None:
    class Loose(BaseModel):
        key: int = 1

    class Outer(Section):
        loose: Loose = Loose()

    with pytest.raises(TypeError, match="Loose must forbid unknown keys"):
        load_settings(Outer)


def test_a_settings_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(SettingsError(["a", "b"])))
    assert error.faults == ["a", "b"]
