from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aislides_runtime.listening import PortInUse
from aislides_runtime.process import COLLECTOR, run
from aislides_runtime.settings import SettingsError


@pytest.fixture(autouse=True)
def own_collector() -> Iterator[None]:
    """What a process sets for its life, this one takes back."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def raising(error: BaseException | None) -> Callable[[], Any]:
    async def main() -> None:
        if error is not None:
            raise error

    return main


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (None, 0, ""),
        (SettingsError(["a: bad", "b: bad"]), 2, "a: bad\nb: bad\n"),
        (PortInUse("port 1 is in use"), 1, "port 1 is in use [PORT_IN_USE]\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_a_process_ends_with_a_code_and_plain_lines(
    capsys: pytest.CaptureFixture[str], error: BaseException | None, code: int, told: str
) -> None:
    assert run(raising(error)) == code
    assert capsys.readouterr().err == told


def test_an_unexpected_exception_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        run(raising(ZeroDivisionError()))


def test_what_was_loaded_is_not_collected_again() -> None:
    run(raising(None))
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == COLLECTOR
