"""What an attempt to steer a model looks like. Each sign is linear to search."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern over plain text, its stable code, and how strongly it speaks (0 to 1)."""

    code: str
    weight: float
    pattern: re.Pattern[str]


def _sign(code: str, weight: float, pattern: str) -> Sign:
    return Sign(code, weight, re.compile(pattern))


_ORDERS = (
    r"(?:instructions?|prompts?|rules?|guidelines?|directions?|orders?|constraints?|"
    r"policy|policies)"
)
_EARLIER = (
    r"(?:previous|prior|above|earlier|preceding|existing|original|initial|system|all(?: of)?|"
    r"any|your|the|these|those|my|foregoing|former)"
)

SIGNS: tuple[Sign, ...] = (
    _sign(
        "INSTRUCTION_OVERRIDE",
        0.9,
        rf"\b(?:ignore|disregard|forget|override|overrule|bypass|skip|drop|neglect|discard|cancel)\b"
        rf"(?: {_EARLIER}){{1,4}}(?: \w+){{0,2}} {_ORDERS}\b",
    ),
    _sign(
        "INSTRUCTION_OVERRIDE",
        0.85,
        r"\b(?:ignore|disregard|forget) (?:everything|all|anything|what) (?:\w+ ){0,3}"
        r"(?:above|before|said|told|so far|prior|previously|until now)\b",
    ),
    _sign(
        "INSTRUCTION_OVERRIDE",
        0.8,
        rf"\b(?:(?:new|updated|real|actual|revised) (?:system )?{_ORDERS} ?"
        rf"(?::|follow:|below|are:)|"
        rf"(?:your|the real) (?:new |updated |actual )?{_ORDERS} "
        rf"(?:is|are|follow))",
    ),
    _sign(
        "INSTRUCTION_OVERRIDE",
        0.8,
        r"\b(?:ignorier\w*|vergiss|missachte\w*|oublie[rz]?|ignore[rz]|olvida|ignora) "
        r"(?:\w+ ){0,3}(?:anweisung\w*|instruktion\w*|instructions|consignes|instrucciones|"
        r"istruzioni|instruções|vorgaben)",
    ),
    _sign(
        "INSTRUCTION_OVERRIDE",
        0.85,
        rf"\b(?:stop|quit|cease|do not|don't|no longer|never) (?:following|follow|obey|obeying|"
        rf"apply|applying) (?:{_EARLIER} ){{1,3}}{_ORDERS}\b",
    ),
    _sign(
        "ROLE_CHANGE",
        0.75,
        r"\b(?:you are now|from now on,? you(?: are|'re| will| must)|act as (?:an? )?"
        r"(?:unrestricted|unfiltered|admin\w*|root|developer mode|dan\b|jailbroken|system|evil)|"
        r"pretend (?:to be|you are|that you)|you are no longer|roleplay as|"
        r"switch (?:in)?to \w+ mode|developer mode|jailbreak|do anything now|"
        r"(?:as|be|become) (?:if you were )?an? "
        r"(?:unfiltered|unrestricted|uncensored|jailbroken))\b",
    ),
    _sign(
        "FAKE_TURN",
        0.85,
        r"(?:<\|?(?:im_start|im_end|system|assistant|endoftext|eot_id)\|?>|\[/?inst\]|<</?sys>>|"
        r"###? ?(?:system|instruction|assistant)s?\b ?:?|"
        r"(?:^|[\"'.\n] ?)(?:system|assistant|developer)(?: message| note| override)? ?: ?\w)",
    ),
    _sign("FENCE_BREAK", 0.9, r"(?:<<<|>>>) ?data\b|\bdata [0-9a-f]{6,16} ?>>>|end of data block"),
    _sign(
        "PROMPT_LEAK",
        0.85,
        r"\b(?:reveal|show|print|repeat|output|display|tell|give|dump|leak|share|quote|recite|"
        r"write out|translate|summari[sz]e|what (?:is|are|was|were))\b(?: \w+){0,4}? "
        r"(?:(?:your|hidden|secret) (?:\w+ ){0,4}?(?:prompts?|instructions|guidelines)|"
        r"(?:the |your )?(?:system (?:prompt|message you)|configuration prompt|initial prompt))\b",
    ),
    _sign(
        "PROMPT_LEAK",
        0.7,
        r"\b(?:repeat|say|print|write|copy) (?:everything|all|the words|the text|what \w+|verbatim|"
        r"word for word)(?: \w+){0,3} (?:above|before|verbatim|precedes)|"
        r"\byour (?:context window|system message|hidden \w+|initial message)",
    ),
    _sign(
        "SECRET_REQUEST",
        0.8,
        r"\b(?:send|post|print|reveal|include|give|show|put|email|exfiltrate|upload|leak|insert|"
        r"dump|tell)\b(?: \w+){0,3}? (?:the|your|our|my|any|all) "
        r"(?!number|count|share|rate|cost|list of users)(?:\w+ ){0,2}?"
        r"(?:api[ _-]?keys?|(?:access|bearer|auth|secret|api|databricks)[ _-]?tokens?|passwords?|"
        r"credentials?|environment variables?|databricks_token)\b(?! reset)",
    ),
    _sign(
        "EXFILTRATION",
        0.75,
        r"\b(?:send|post|upload|forward|exfiltrate|fetch|load|submit|transmit|curl|wget)\b"
        r"(?: \S+){0,8} (?:to|from|via|at)? ?(?:https?://|\w+@\w+\.\w)",
    ),
    _sign(
        "EXFILTRATION",
        0.7,
        r"!\[[^\]]{0,100}\]\(https?://|<img [^>]{0,200}src ?= ?[\"']?https?://",
    ),
    _sign(
        "MARKUP",
        0.7,
        r"<(?:script|iframe|object|embed|svg|form|meta|link|base)\b|\bjavascript:|"
        r"\bon(?:error|load|click|mouseover|focus) ?=",
    ),
    _sign(
        "ANSWER_STEERING",
        0.75,
        r"\b(?:respond|reply|answer|output|write|return)(?: \w+){0,2} "
        r"(?:only|just|exactly|nothing but)\b(?: \w+){0,3} ?[:\"']",
    ),
    _sign(
        "ANSWER_STEERING",
        0.75,
        r"\b(?:attention|note|message|important|hint|reminder|instruction)s?,? "
        r"(?:to|for)? ?(?:the )?(?:ai\b|llm\b|assistant\b|language model|"
        r"model reading|chatbot|summari[sz]er)",
    ),
    _sign(
        "ANSWER_STEERING",
        0.75,
        r"\b(?:hey|dear|hello|hi|any|every|to(?: the)?) (?:ai|llm|gpt|chatgpt|claude|gemini|"
        r"language model|ai (?:model|system|assistant))\b(?: \w+){0,5}(?:,|:| should| must| shall|"
        r" has to| is to)",
    ),
    _sign(
        "ANSWER_STEERING",
        0.7,
        r"\b(?:when|while|if) (?:you|the (?:ai|assistant|model|llm)) (?:\w+ ){0,3}"
        r"(?:summari[sz]e|read|process|see|generate|create|write)s?\b(?: \w+){0,6},? "
        r"(?:you must|always|do not|never|make sure|please (?:say|add|state|claim|write)|"
        r"say|state|claim|add|include|insert|recommend|conclude)\b",
    ),
    _sign(
        "TOOL_STEERING",
        0.75,
        r"\b(?:call|invoke|execute|use|run|trigger) (?:the )?(?:\w+ )?"
        r"(?:tool|function|query_genie)\b|\bdrop table\b|"
        r";\s*(?:drop|delete|truncate|grant|update) ",
    ),
)
