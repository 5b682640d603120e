"""Of the topics that a name has words of, the one counts that comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.judging.name_words import _TOPICS, TOPICS, Told, told_by

PARTS = sorted({part for topic in _TOPICS for part in topic.parts})
STEMS = sorted({stem for topic in _TOPICS for stem in topic.stems})


def one_by_one(parts: list[str]) -> Told | None:
    """Try topic after topic on the parts of a name that are set off from each other."""
    letters = "".join(parts)
    for topic in _TOPICS:
        if topic.parts & set(parts) or any(stem in letters for stem in topic.stems):
            return topic.told
    return None


@given(st.lists(st.sampled_from([*PARTS, *STEMS, "x", "zzz"]), max_size=4))
def test_the_first_topic_counts_that_a_name_has_a_word_of(parts: list[str]) -> None:
    assert told_by("_".join(parts)) == told_by("__Host-" + "7".join(parts)) == one_by_one(parts)


@pytest.mark.parametrize("stem", STEMS)
def test_a_stem_is_found_anywhere_in_a_name(stem: str) -> None:
    [topic] = {topic.told for topic in _TOPICS if stem in topic.stems}
    found = told_by(f"q{stem}q")
    assert found is not None
    assert TOPICS.index(found) <= TOPICS.index(topic)
