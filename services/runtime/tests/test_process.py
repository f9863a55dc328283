from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aislides_runtime.listening import PortInUse
from aislides_runtime.process import run
from aislides_runtime.settings import SettingsError


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
