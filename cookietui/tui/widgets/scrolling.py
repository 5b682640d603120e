"""Lines in a window, and a bar at its side that is always there."""

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget


class LineView(ScrollView):
    """A window on lines that are drawn when they come into view.

    The library lays out the whole screen whenever there is more or less to scroll, which takes
    longer than all else that a key does, for the scroll bar might come or go. Here it always has
    its place, and nothing else depends on the number of lines.
    """

    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        overflow-y: scroll;
    }
    """

    _lines_held = 0
    ground = Style()
    """How the window itself looks, found once for all the lines that are drawn together."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a part of the window."""
        self.ground = self.rich_style
        return super().render_lines(crop)

    def hold(self, lines: int) -> None:
        """Say how many lines there are."""
        self._lines_held = lines
        window = self.scrollable_content_region.size
        # Never less than the window: the bar is drawn empty when both are the same.
        size = Size(window.width, max(lines, window.height))
        self.set_reactive(Widget.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def on_resize(self) -> None:
        """Measure against the new window."""
        self.hold(self._lines_held)
