from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_svc.adapters.sse import sse_data
from llm_svc.domain.errors import AnswerTooLarge


async def read(pieces, limit=1000):
    async def chunks():
        for piece in pieces:
            yield piece

    return [data async for data in sse_data(chunks(), limit)]


WIRE = b": hello\r\ndata: one\r\n\r\nevent: x\ndata:two\ndata: more\n\nid: 7\n\ndata: last"


@given(st.lists(st.integers(0, len(WIRE)), max_size=20))
async def test_events_are_cut_out_of_any_pieces(places):
    at = sorted({0, len(WIRE), *places})
    pieces = [WIRE[a:b] for a, b in pairwise(at)]
    assert await read(pieces) == [b"one", b"two\nmore", b"last"]


async def test_a_line_or_an_event_beyond_the_limit_is_refused():
    with pytest.raises(AnswerTooLarge):
        await read([b"data: " + b"x" * 2000])
    with pytest.raises(AnswerTooLarge):
        await read([b"data: xxxxxxxxxx\n"] * 200)
