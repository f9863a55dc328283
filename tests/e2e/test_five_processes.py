"""The whole product as a user runs it: five processes, one question, a deck that can be checked."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import urllib.error
import urllib.request
from pathlib import Path

import html5lib
import pytest
import pytest_asyncio
from addresses import free_addresses
from aislides.deck.v1 import deck_pb2
from aislides_cli.processes import Processes
from aislides_client import AsyncClient
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from orchestrator_svc.deck.values import to_python
from orchestrator_svc.facts.evidence import evidence

ROOT = Path(__file__).parents[2]
QUESTION = "How did departure delays develop in 2013, and which airports and airlines drive them?"
TOKEN = "five-processes"

pytestmark = [pytest.mark.spawn, pytest.mark.timeout(180)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory):
    """The five processes and where they listen, with a folder of their own."""
    folder = tmp_path_factory.mktemp("house")
    at = free_addresses()
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "AISLIDES_LOCAL_WORKSPACE__TOKEN": TOKEN,
        "AISLIDES_LOCAL_WORKSPACE__DATA_DIRECTORY": str(folder / "workspace"),
        "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
        "AISLIDES_LLM__DATABASE": f"sqlite+aiosqlite:///{folder}/llm.db",
        "AISLIDES_LLM__PROMPTS_FILE": str(ROOT / "config/prompts.yaml"),
        "AISLIDES_ORCHESTRATOR__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/decks.sqlite",
        "LOG_LEVEL": "WARNING",
    }
    services = Processes(None, environ, at)
    await services.start()
    try:
        yield services, at
    finally:
        await services.stop()


def post(url: str, body: object) -> tuple[int, dict]:
    request = urllib.request.Request(
        url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deck(house):
    """The demo question's answer over REST, with its bundle over gRPC."""
    _, at = house
    status, body = await asyncio.to_thread(
        post, f"http://{at.gateway}/generate-slides", {"question": QUESTION}
    )
    assert status == 200, body
    async with AsyncClient(at.orchestrator) as decks:
        newest = (await decks.list_decks(limit=1))[0]
        return body["html"], newest, await decks.bundle(newest.deck_id)


@pytest.mark.asyncio(loop_scope="module")
async def test_the_deck_is_valid_html_and_refers_to_nothing_outside(deck):
    html, _, _ = deck
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(html)
    assert "Content-Security-Policy" in html.split("</head>")[0]
    outside = re.findall(r"""(?:src|href|srcset|action)\s*=\s*["']?(?!#|data:)[^"'\s>]+""", html)
    assert outside == []
    assert "url(" not in re.sub(r"url\([\"']?data:[^)]*\)", "", html)
    assert len(html) <= 200_000


@pytest.mark.asyncio(loop_scope="module")
async def test_every_figure_resolves_to_evidence_that_holds_when_its_sql_runs_again(deck, house):
    _, info, bundle = deck
    _, at = house
    client = WorkspaceClient(config=Config(host=f"http://{at.workspace}", token=TOKEN))
    again = {}
    for result in bundle.results:
        reply = client.statement_execution.execute_statement(
            result.source.sql, warehouse_id="1oca1warehouse00", wait_timeout="30s"
        )
        assert reply.status.state.value == "SUCCEEDED", reply.status
        again[result.id] = reply.result.data_array
    for result in bundle.results:
        stored = [[cell_text(value) for value in row.values] for row in result.rows]
        fresh = [[normal(cell) for cell in row] for row in again[result.id]]
        assert [[normal(cell) for cell in row] for row in stored] == fresh
    printed = re.findall(r'data-ref="([a-z]\w*\.\w+)"', deck[0])
    assert len(printed) > 15
    async with AsyncClient(at.orchestrator) as decks:
        for ref in sorted(set(printed)):
            proof = await decks.evidence(info.deck_id, ref)
            assert proof.value == proof.recomputed, ref
            assert proof.source.sql in {result.source.sql for result in bundle.results}
            assert evidence(bundle, ref).display == proof.display


def cell_text(value):
    """A stored cell as the workspace would write it."""
    found = to_python(value)
    if isinstance(found, bool):
        return str(found).lower()
    return None if found is None else str(found)


def normal(cell):
    """Numbers by value and times by their date, so that 5 equals 5.0."""
    if cell is None:
        return None
    try:
        return round(float(cell), 9)
    except ValueError:
        return str(cell).replace("T", " ").split(" 00:00")[0].removesuffix("Z")


@pytest.mark.asyncio(loop_scope="module")
async def test_the_deck_tells_the_truth_about_2013(deck):
    _, _, bundle = deck
    months = next(r for r in bundle.results if "month" in [c.name for c in r.columns])
    position = next(
        i for i, c in enumerate(months.columns) if c.name.startswith("avg_departure_delay")
    )
    means = [round(to_python(row.values[position]), 1) for row in months.rows]
    assert means == [10.0, 10.8, 13.2, 13.9, 13.0, 20.8, 21.7, 12.6, 6.7, 6.2, 5.4, 16.6]


@pytest.mark.asyncio(loop_scope="module")
async def test_every_sentence_of_the_deck_is_settled_and_none_was_typed(deck):
    _, info, bundle = deck
    verdict = bundle.verdict
    assert verdict.references > 10
    total = verdict.proved + verdict.repaired + verdict.replaced + verdict.removed
    assert total == len(verdict.sentences)
    assert verdict.proved / total > 0.8
    assert info.usage.model_calls <= 3
    assert 2 <= info.usage.genie_questions <= 4
    layouts = [slide.layout for slide in bundle.deck.slides]
    assert layouts[0] == deck_pb2.LAYOUT_COVER
    assert layouts[1] == deck_pb2.LAYOUT_SUMMARY
    assert deck_pb2.LAYOUT_LIMITS in layouts
    assert layouts[-1] == deck_pb2.LAYOUT_APPENDIX
    findings = [slide for slide in bundle.deck.slides if slide.layout == deck_pb2.LAYOUT_FINDING]
    assert 2 <= len(findings) <= 6


@pytest.mark.asyncio(loop_scope="module")
async def test_the_february_storm_is_found_where_a_question_reaches_it(house):
    _, at = house
    async with AsyncClient(at.orchestrator) as decks:
        made = await decks.generate("Share of cancelled flights by day in February 2013")
        bundle = await decks.bundle(made.deck_id)
    cells = {}
    for result in bundle.results:
        names = [column.name for column in result.columns]
        if "flight_date" in names or "day" in names:
            day = names.index("flight_date" if "flight_date" in names else "day")
            share = next(i for i, name in enumerate(names) if "cancel" in name and "share" in name)
            for row in result.rows:
                when = str(to_python(row.values[day]))[:10]
                cells[when] = round(float(to_python(row.values[share])), 2)
    assert cells["2013-02-08"] == 0.51
    assert cells["2013-02-09"] == 0.57


BAD = [
    ({"question": ""}, 422, "question"),
    ({"question": "   \n "}, 422, "question"),
    ({"question": "x" * 100_000}, None, None),
    ({"question": "Delays?", "max_slides": 0}, 422, "max_slides"),
    ({"question": "Delays?", "max_slides": -1}, 422, "max_slides"),
    ({"question": "Delays?", "max_slides": 1000}, 422, "max_slides"),
    ({"question": "Delays by month", "genie_space_id": "nope"}, 404, None),
    ({"question": "Who is the CEO of Delta?"}, 422, None),
]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("body", "status", "field"), BAD)
async def test_bad_input_is_a_problem_that_says_what_to_change(house, body, status, field):
    _, at = house
    code, problem = await asyncio.to_thread(post, f"http://{at.gateway}/generate-slides", body)
    assert code == status if status else code in (413, 422)
    assert problem["reason"].isupper()
    assert problem["detail"]
    if field:
        assert field in json.dumps(problem)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_question_outside_the_data_says_what_could_be_asked(house):
    _, at = house
    code, problem = await asyncio.to_thread(
        post, f"http://{at.gateway}/generate-slides", {"question": "Who is the CEO of Delta?"}
    )
    assert (code, problem["reason"]) == (422, "CLARIFICATION_NEEDED")
    assert problem["suggestions"]


@pytest.mark.asyncio(loop_scope="module")
async def test_killing_genie_in_the_middle_gives_a_typed_failure_and_no_hang(house):
    """Last of the module: it takes genie_svc away."""
    services, at = house
    process = services.running["genie_svc"]
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    code, problem = await asyncio.to_thread(
        post, f"http://{at.gateway}/generate-slides", {"question": QUESTION}
    )
    assert code == 503
    assert problem["reason"] == "SERVICE_UNAVAILABLE"
    assert "genie_svc" in problem["detail"]
