"""Reading ahead and writing behind: what goes wrong in a thread is raised where it matters, and nothing hangs.

Each wait has a limit, so that a test which would hang fails instead.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from workforce.sources.pipeline import ahead, behind

PATIENCE = 20  # seconds, where nothing should take one


class Fault(Exception):
    pass


@pytest.fixture(autouse=True)
def no_thread_is_left():
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert [thread for thread in left if thread.is_alive()] == []


def within_time(work):
    """What `work` returns or raises; fails where it never ends."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(timeout=PATIENCE)


def failing_after(count):
    yield from range(count)
    raise Fault


def test_blocks_come_in_order_and_all():
    assert within_time(lambda: list(ahead(iter(range(50))))) == list(range(50))
    assert within_time(lambda: list(ahead(iter([])))) == []


def test_blocks_are_read_in_a_thread_of_their_own():
    here = threading.get_ident()
    assert set(ahead(threading.get_ident() for _ in range(3))) & {here} == set()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_fault_in_reading_is_raised_where_blocks_are_used(count):
    used = []
    with pytest.raises(Fault):
        for block in ahead(failing_after(count)):
            used.append(block)
    assert used == list(range(count))


def test_the_place_of_a_fault_is_kept():
    with pytest.raises(Fault) as raised:
        list(ahead(failing_after(1)))
    assert any(entry.name == "failing_after" for entry in raised.traceback)


@pytest.mark.parametrize("after", [0, 1, 5])
def test_who_stops_early_stops_the_reading(after):
    read = []

    def endless():
        while True:
            read.append(len(read))
            yield read[-1]

    def use():
        for block in ahead(endless()):
            if block >= after:
                break
        return True

    assert within_time(use)
    assert len(read) <= after + 4


def test_a_fault_of_the_user_stops_the_reading():
    def use():
        for _ in ahead(iter(range(1000))):
            raise Fault

    with pytest.raises(Fault):
        within_time(use)


def test_a_fault_of_the_reader_after_the_user_has_gone_is_nobodys():
    def use():
        for _ in ahead(failing_after(2)):
            return "gone"

    assert within_time(use) == "gone"


def test_blocks_that_are_never_asked_for_are_never_read():
    read = []
    ahead(read.append(1) for _ in range(3))
    assert read == []


def test_things_are_done_in_order_and_all_of_them():
    done = []

    def use():
        with behind(done.append) as hand_over:
            for thing in range(50):
                hand_over(thing)
        return list(done)

    assert within_time(use) == list(range(50))


def test_things_are_done_in_a_thread_of_its_own():
    threads = []
    with behind(lambda thing: threads.append(threading.get_ident())) as hand_over:
        hand_over(1)
    assert threads != [threading.get_ident()]


def failing_at(wanted, done):
    def work(thing):
        if thing == wanted:
            raise Fault
        done.append(thing)

    return work


@pytest.mark.parametrize("wanted", [0, 3, 49])
def test_a_worker_that_fails_neither_hangs_nor_goes_unsaid(wanted):
    done = []

    def use():
        with behind(failing_at(wanted, done)) as hand_over:
            for thing in range(50):
                hand_over(thing)

    with pytest.raises(Fault):
        within_time(use)
    assert done == list(range(wanted))


def test_a_fault_at_the_very_end_is_raised():
    def use():
        with behind(failing_at("last", [])) as hand_over:
            hand_over("last")

    with pytest.raises(Fault):
        within_time(use)


def test_what_was_handed_over_is_done_before_a_fault_of_the_user_is_raised():
    done = []

    def use():
        with behind(done.append) as hand_over:
            hand_over(1)
            hand_over(2)
            raise Fault

    with pytest.raises(Fault):
        within_time(use)
    assert done == [1, 2]


def test_both_together_end_when_the_writing_fails():
    def use():
        with behind(failing_at(2, [])) as hand_over:
            for block in ahead(iter(range(1000))):
                hand_over(block)

    with pytest.raises(Fault):
        within_time(use)


def test_control_a_thread_that_stays_is_noticed():
    """The check at the end of each test sees a thread that nobody stopped."""
    before = set(threading.enumerate())
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert set(threading.enumerate()) - before == {thread}
    stop.set()
    thread.join()
