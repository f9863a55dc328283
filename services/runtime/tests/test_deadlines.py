from __future__ import annotations

import math

import pytest
from aislides_runtime.deadlines import Deadline, current_deadline, use_deadline
from aislides_runtime.errors import DeadlineExceeded


class FakeClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_remaining_time_runs_down_to_zero_and_no_further() -> None:
    clock = FakeClock()
    deadline = Deadline(2.0, clock=clock)
    assert deadline.remaining() == 2.0
    clock.now += 1.5
    assert deadline.remaining() == 0.5
    assert not deadline.expired
    clock.now += 5
    assert deadline.remaining() == 0.0
    assert deadline.expired


def test_a_child_ends_earlier_by_the_margin_and_not_after_its_own_limit() -> None:
    deadline = Deadline(2.0, clock=FakeClock())
    assert deadline.child(0.5).remaining() == 1.5
    assert deadline.child(0.5, at_most=1.0).remaining() == 1.0
    assert deadline.child(0.5, at_most=9.0).remaining() == 1.5
    assert deadline.child(3.0).expired


def test_an_endless_deadline_stays_endless_unless_a_child_is_limited() -> None:
    deadline = Deadline(math.inf)
    assert deadline.child(1.0).remaining() == math.inf
    assert deadline.child(at_most=3.0).remaining() == pytest.approx(3.0, abs=0.5)


def test_check_raises_only_when_time_is_up() -> None:
    clock = FakeClock()
    deadline = Deadline(1.0, clock=clock)
    deadline.check()
    clock.now += 1
    with pytest.raises(DeadlineExceeded):
        deadline.check()


def test_a_deadline_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="number of seconds"):
        Deadline(math.nan)


def test_use_deadline_holds_for_the_block_only() -> None:
    deadline = Deadline(1.0)
    with use_deadline(deadline):
        assert current_deadline.get() is deadline
        with use_deadline(None):
            assert current_deadline.get() is None
    assert current_deadline.get() is None
