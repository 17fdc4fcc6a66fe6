"""Any function over many items: each item comes back once, whatever happens to the workers."""

from functools import partial

import pytest

from contract_builder.batch.engines import Engine, local_processes
from contract_builder.batch.schedule import KILLED_AGAIN, Receiver, Schedule
from contract_builder.errors import UserError
from tests.batch_tasks import ThreadEngine, fail_on_seven, kill_on_seven, square


class Told:
    """Collects what a schedule says, and counts how often each item came."""

    def __init__(self) -> None:
        self.done: dict[int, int] = {}
        self.lost: dict[int, str] = {}
        self.calls = 0

    def receiver(self) -> Receiver[int, int]:
        return Receiver(self._done, self._lost)

    def _done(self, item: int, result: int) -> None:
        self.calls += 1
        self.done[item] = result

    def _lost(self, item: int, reason: str) -> None:
        self.calls += 1
        self.lost[item] = reason


def test_every_item_comes_back_once() -> None:
    told = Told()
    Schedule(square, partial(local_processes, 2), told.receiver(), 5.0).run(range(30))
    assert told.done == {item: item * item for item in range(30)}
    assert (told.lost, told.calls) == ({}, 30)


def test_nothing_to_do_opens_no_engine() -> None:
    def refuse() -> ThreadEngine:
        raise AssertionError("opened")

    told = Told()
    Schedule(square, refuse, told.receiver(), 5.0).run([])
    assert told.calls == 0


def test_the_item_that_kills_its_worker_is_the_only_one_given_up() -> None:
    told = Told()
    Schedule(kill_on_seven, partial(local_processes, 2), told.receiver(), 5.0).run(range(30))
    assert told.lost == {7: KILLED_AGAIN}
    assert told.done == {item: item * item for item in range(30) if item != 7}
    assert told.calls == 30


def test_an_exception_is_told_with_its_item() -> None:
    told = Told()
    Schedule(fail_on_seven, partial(local_processes, 1), told.receiver(), 5.0).run(range(9))
    assert told.lost == {7: "erreur interne : ValueError : sept"}
    assert len(told.done) == 8


def test_no_more_items_are_under_way_than_the_engine_is_wide() -> None:
    engine = ThreadEngine(width=3)
    told = Told()
    Schedule(square, lambda: engine, told.receiver(), 5.0).run(range(20))
    assert engine.most_under_way == 3
    assert told.calls == 20


def test_an_interruption_receives_what_was_begun_and_passes_through() -> None:
    engine = ThreadEngine(width=2)
    told = Told()

    def interrupt(item: int, result: int) -> None:
        told.receiver().done(item, result)
        if len(told.done) == 1:
            raise KeyboardInterrupt

    receiver: Receiver[int, int] = Receiver(interrupt, told.receiver().lost)
    with pytest.raises(KeyboardInterrupt):
        Schedule(square, lambda: engine, receiver, 5.0).run(range(20))
    assert 1 <= len(told.done) <= 3
    assert told.lost == {}


def test_an_engine_without_workers_stops_the_schedule() -> None:
    def check() -> None:
        raise UserError("plus personne")

    engine = ThreadEngine(width=1, check=check)
    engine.hold()
    with pytest.raises(UserError, match="plus personne"):
        Schedule(square, lambda: engine, Told().receiver(), 5.0).run([1])


def test_an_engine_of_this_machine_is_one_wider_than_its_processes() -> None:
    with local_processes(2) as engine:
        assert isinstance(engine, Engine)
        assert engine.width == 3
