"""Lines that declare cookies without a table: keys and values, lists, sentences."""

from collections.abc import Callable, Sequence

from cookietui.catalogue.importing.context import Context
from cookietui.catalogue.importing.declaring import declare
from cookietui.catalogue.importing.elements import Line
from cookietui.catalogue.importing.key_values import Blocks, keys_apart
from cookietui.catalogue.importing.lists import Lists
from cookietui.catalogue.importing.sentences import Sentences

_LONGEST = 4_000


class RunningText:
    """Reads runs of lines between headings and tables.

    Args:
        context: What is above them; what is found is added to it.
        known: Whether a word is a name of a cookie that providers declare.
    """

    def __init__(self, context: Context, known: Callable[[str], bool]) -> None:
        self._context = context
        self._known = known
        self._sentences = Sentences(context, known)

    def read(self, lines: Sequence[Line]) -> None:
        """Read one run."""
        run = [part for line in lines for part in self._parts(line)]
        blocks, lists = Blocks(run), Lists(run, self._known)
        place = 0
        while place < len(run):
            line = run[place]
            end, pairs = blocks.read(place)
            if not pairs:
                end, pairs = lists.terms(place)
            if not pairs:
                end, pairs = place + 1, lists.entry(line) or lists.service(line)
            if pairs:
                declare(self._context, line.number, pairs)
            else:
                self._sentences.read(line)
            place = end

    def _parts(self, line: Line) -> list[Line]:
        text = " ".join(line.text.split())
        if len(text) <= _LONGEST:
            return keys_apart(Line(line.number, text, line.kind))
        self._context.problem(
            line.number, f"this line was left out: it has more than {_LONGEST} characters"
        )
        return []
