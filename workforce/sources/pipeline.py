"""Reading and writing beside the checking. Both happen almost wholly outside Python's own lock, so a second core is
used; work that holds the lock, such as making pseudonyms, would only make the threads wait for each other."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, Queue
from threading import Event, Thread

_END = object()


class _Failed:
    def __init__(self, problem):
        self.problem = problem


def ahead(blocks: Iterator) -> Iterator:
    """The same blocks, each read in a thread of its own while the one before it is being used."""
    waiting, stop = Queue(maxsize=1), Event()

    def fetch():
        try:
            for block in blocks:
                waiting.put(block)
                if stop.is_set():
                    return
            waiting.put(_END)
        except Exception as problem:  # noqa: BLE001 - raised again where the block was wanted
            waiting.put(_Failed(problem))

    reader = Thread(target=fetch, daemon=True)
    reader.start()
    try:
        while (block := waiting.get()) is not _END:
            if isinstance(block, _Failed):
                raise block.problem
            yield block
    finally:
        stop.set()
        _drain(waiting, reader)


def _drain(waiting, thread):
    while thread.is_alive():
        with suppress(Empty):
            waiting.get(timeout=0.05)
    thread.join()


def one_behind(things: Iterator) -> Iterator:
    """The same things, each only when the next one has been made: what it asked for has that long to be done."""
    held = []
    for thing in things:
        held.append(thing)
        if len(held) > 1:
            yield held.pop(0)
    yield from held


@contextmanager
def behind(work):
    """Hands things to `work` in a thread of its own, in order: yields the function to hand them over with.

    All of them are done when the block ends. A fault in `work` is raised at the next thing, or at the end.
    """
    waiting, failed = Queue(maxsize=1), []

    def run():
        while (thing := waiting.get()) is not _END:
            if failed:
                continue
            try:
                work(thing)
            except Exception as problem:  # noqa: BLE001 - raised again below, in the thread that waits
                failed.append(problem)

    def hand_over(thing):
        if failed:
            raise failed[0]
        waiting.put(thing)

    worker = Thread(target=run, daemon=True)
    worker.start()
    try:
        yield hand_over
    finally:
        waiting.put(_END)
        worker.join()
    if failed:
        raise failed[0]
