"""Cookies written out for other programs and other people; pure, from cookies to text."""

from collections.abc import Callable

from cookietui.operations.exporting import cookie_editor, markdown, netscape, spreadsheet
from cookietui.operations.exporting.export import Export, Exported, LeftOut

FORMATS: dict[str, Callable[[Export], Exported]] = {
    "netscape": netscape.write,
    "cookie-editor": cookie_editor.write,
    "csv": spreadsheet.write,
    "markdown": markdown.write,
}

__all__ = ["FORMATS", "Export", "Exported", "LeftOut"]
