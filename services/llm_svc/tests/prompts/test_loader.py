from pathlib import Path

import pytest
from llm_svc.prompts.loader import PromptsRefused, load_prompts

SHIPPED = Path(__file__).parents[4] / "config" / "prompts.yaml"
PLAN_NAMES = {
    "system_prompt",
    "intent_analysis",
    "data_interpretation",
    "narrative_construction",
    "html_generation",
    "genie_function_schema",
}


def load(tmp_path, text):
    path = tmp_path / "prompts.yaml"
    path.write_text(text)
    return load_prompts(path).prompts


def test_the_shipped_file_has_the_names_of_the_plan():
    prompts = load_prompts(SHIPPED).prompts
    assert prompts.keys() >= PLAN_NAMES
    assert prompts["intent_analysis"].tools[0].name == "query_genie"
    assert all(prompt.description for prompt in prompts.values())


def test_shared_parts_are_included_within_parts_too(tmp_path):
    prompts = load(
        tmp_path,
        "parts: {a: 'A {{> b }}', b: B}\nprompts: {p: {description: d, system: 'x {{> a}} y'}}",
    )
    assert prompts["p"].system == "x A B y"


def test_context_files_are_parts(tmp_path):
    (tmp_path / "words.md").write_text("Net is net.")
    prompts = load(
        tmp_path,
        "parts: {words: {file: words.md}}\nprompts: {p: {description: d, system: '{{> words}}'}}",
    )
    assert prompts["p"].system == "Net is net."


REFUSED = {
    "a: [": "not valid YAML",
    "": "prompts: field required",
    "prompts: {p: {description: d, system: s}}\nprompts: {}": "prompts is given twice",
    "prompts: {}": "at least 1",
    "prompts: {p: {description: d, system: '{{x}}'}}": "'x' without declaring it",
    "prompts: {p: {description: d, system: s, variables: [x]}}": "'x' without using it",
    "prompts: {p: {description: d, system: s, color: red}}": "prompts.p.color",
    "prompts: {p: {description: d, system: '{{> x}}'}}": "no part 'x'",
    "prompts: {p: {description: d}}": "system: is missing",
    "prompts: {p: {description: d, system: '{{ 7 }}'}}": "neither a variable nor a part",
    "prompts: {p: {description: d, system: s, tools: [t]}}": "no tool entry 't'",
    "parts: {a: x}\nprompts: {p: {description: d, system: s}}": "parts.a: is not used",
    "parts: {a: '{{> b}}', b: '{{> a}}'}\nprompts: {p: {description: d, system: '{{> a}}'}}": (
        "a > b > a includes itself"
    ),
    "parts: {a: {file: ../../etc/passwd}}\nprompts: {p: {description: d, system: '{{> a}}'}}": (
        "below the folder"
    ),
    "parts: {a: {file: gone.md}}\nprompts: {p: {description: d, system: '{{> a}}'}}": (
        "gone.md: does not exist"
    ),
    "prompts: {t: {description: d, tool: {name: t, description: d, parameters: {type: string}}}}": (
        "must describe an object"
    ),
    "prompts: {t: {description: d, system: s, tool: {name: t, description: d, parameters: "
    "{type: object}}}}": "nothing else",
}


@pytest.mark.parametrize("text", REFUSED, ids=list(REFUSED.values()))
def test_a_faulty_file_is_refused_with_the_reason(tmp_path, text):
    with pytest.raises(PromptsRefused, match=REFUSED[text]):
        load(tmp_path, text)


def test_all_faults_are_told_at_once(tmp_path):
    text = "prompts: {p: {description: d, system: '{{x}}'}, q: {description: d}}"
    with pytest.raises(PromptsRefused) as refused:
        load(tmp_path, text)
    assert len(refused.value.faults) == 2


def test_unreadable_files_are_refused(tmp_path):
    with pytest.raises(PromptsRefused, match="does not exist"):
        load_prompts(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PromptsRefused, match="UTF-8"):
        load_prompts(tmp_path / "b.yaml")
    with pytest.raises(PromptsRefused, match="cannot be read"):
        load_prompts(tmp_path)
    text = "parts: {a: {file: b.yaml}}\nprompts: {p: {description: d, system: '{{> a}}'}}"
    with pytest.raises(PromptsRefused, match="UTF-8"):
        load(tmp_path, text)
