"""What is remembered by identity."""

from __future__ import annotations

from roadmap_cli.memo import remembered


def test_only_the_last_values_are_remembered_and_equal_ones_are_not_the_same() -> None:
    asked: list[list[int]] = []

    @remembered(last=2)
    def length(value: list[int]) -> int:
        asked.append(value)
        return len(value)

    one, same, other = [1], [1], [1, 2]
    assert [length(value) for value in (one, one, same, one, same)] == [1] * 5
    assert list(map(id, asked)) == list(map(id, (one, same)))
    assert length(other) == 2
    assert length(same) == 1
    assert len(asked) == 3
    assert length(one) == 1
    assert len(asked) == 4
