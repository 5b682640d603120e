"""What is made in a thread of its own comes whole, in order, and ends with whoever takes it."""

import threading
from collections.abc import Iterator

import pytest

from cookietui.stores.beside import ahead


def test_the_same_items_come_in_the_same_order_from_another_thread() -> None:
    makers = set()

    def items() -> Iterator[int]:
        for number in range(500):
            makers.add(threading.get_ident())
            yield number

    assert list(ahead(items())) == list(range(500))
    assert len(makers) == 1
    assert threading.get_ident() not in makers


def test_nothing_comes_of_nothing() -> None:
    assert list(ahead(())) == []


def test_no_more_than_a_few_items_wait_to_be_taken() -> None:
    made: list[int] = []
    for taken, _ in enumerate(ahead(made.append(number) for number in range(300))):
        assert len(made) - taken <= 10


def test_what_goes_wrong_is_raised_where_the_items_are_taken() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("gone")

    some = ahead(items())
    assert next(some) == 1
    with pytest.raises(KeyError, match="gone"):
        next(some)


def test_whoever_stops_early_has_waited_for_the_end_of_the_thread() -> None:
    before = threading.active_count()
    some = ahead(range(1_000))
    assert next(some) == 0
    some.close()
    assert threading.active_count() == before
