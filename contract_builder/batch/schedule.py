"""One function over many items on any engine: what is lost with a worker is found and done again.

Knows nothing of contracts. A worker's death takes down the items that it held, and with a process
pool those of its neighbours too: each of them is then run alone, so that only the item that kills
its worker again is given up.
"""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

from contract_builder.batch.engines import Engine, EngineFactory, was_killed
from contract_builder.errors import UserError

Item = TypeVar("Item")
Result = TypeVar("Result")

CHECK_EVERY = 2.0
"""Seconds without any result after which the engine is asked whether it still has workers."""

KILLED_AGAIN = (
    "le processus qui produisait ce contrat s’est arrêté deux fois ; "
    "sa limite de temps ou de mémoire est sans doute dépassée"
)
CLUSTER_LEFT = (
    "Le planificateur a abandonné les contrats en cours ; il a sans doute été arrêté. "
    "Relancez la commande pour reprendre."
)


@dataclass(frozen=True, slots=True)
class Receiver(Generic[Item, Result]):
    """Who is told, in the caller's thread: of each result, and of each item given up and why."""

    done: Callable[[Item, Result], None]
    lost: Callable[[Item, str], None]


@dataclass(frozen=True, slots=True)
class Schedule(Generic[Item, Result]):
    """``function`` over items on the engines that ``open_engine`` opens, one at a time.

    ``patience`` is how long, in seconds, an interruption waits for what is under way.
    """

    function: Callable[[Item], Result]
    open_engine: EngineFactory
    receiver: Receiver[Item, Result]
    patience: float

    def run(self, items: Iterable[Item]) -> None:
        """Each item comes to the receiver once, in any order.

        KeyboardInterrupt passes through after the items under way were received; UserError when
        the engine is lost as a whole.
        """
        waiting = deque(items)
        suspects: list[Item] = []
        while waiting:
            with self.open_engine() as engine:
                suspects += self._run_pass(engine, waiting, engine.width)
        for suspect in suspects:
            with self.open_engine() as engine:
                for culprit in self._run_pass(engine, deque([suspect]), 1):
                    self.receiver.lost(culprit, KILLED_AGAIN)

    def _run_pass(self, engine: Engine, waiting: deque[Item], width: int) -> list[Item]:
        """Takes from ``waiting`` until it is empty or the engine breaks; what died with a worker.

        ``width`` items at most are under way.
        """
        under_way: dict[Future[Result], Item] = {}
        suspects: list[Item] = []
        broken = False
        try:
            while under_way or (waiting and not broken):
                while waiting and not broken and len(under_way) < width:
                    try:
                        future = engine.submit(self.function, waiting[0])
                    except BrokenProcessPool:
                        broken = True
                    else:
                        under_way[future] = waiting.popleft()
                if not under_way:
                    break
                finished, _ = wait(under_way, CHECK_EVERY, FIRST_COMPLETED)
                if not finished:
                    engine.check()
                for future in finished:
                    item = under_way.pop(future)
                    if not self._receive(item, future):
                        suspects.append(item)
                        broken = broken or isinstance(future.exception(), BrokenProcessPool)
        except KeyboardInterrupt:
            self._drain(under_way)
            raise
        return suspects

    def _receive(self, item: Item, future: Future[Result]) -> bool:
        """Hands over what a finished future holds; False when its worker died."""
        try:
            result = future.result()
        except CancelledError as error:
            raise UserError(CLUSTER_LEFT) from error
        except Exception as error:
            if was_killed(error):
                return False
            self.receiver.lost(item, f"erreur interne : {type(error).__name__} : {error}")
        else:
            self.receiver.done(item, result)
        return True

    def _drain(self, under_way: dict[Future[Result], Item]) -> None:
        """After an interruption: receives what was begun, cancels the rest."""
        begun = {future: item for future, item in under_way.items() if not future.cancel()}
        finished, _ = wait(begun, self.patience)
        for future in finished:
            if future.exception() is None:
                self.receiver.done(begun[future], future.result())
