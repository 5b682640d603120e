"""An audit as a document: one page of HTML that needs nothing else, or Markdown.

Both say the same, because both are written from one `Report` that knows nothing of either.
"""

from cookietui.model.policy import Kind
from cookietui.operations.auditing import Audit
from cookietui.operations.reporting import markdown, page
from cookietui.operations.reporting.content import report

__all__ = ["html_report", "markdown_report"]


def markdown_report(audit: Audit, kinds: dict[str, Kind], now: int) -> str:
    """Write an audit in Markdown, in GitHub's tables.

    Args:
        audit: What was found.
        kinds: The four kinds of cookie, by name.
        now: When the cookies were read, in microseconds since the Unix epoch.

    Returns:
        Text that any encoding of Unicode can hold, without any cookie's value.
    """
    return markdown.written(report(audit, kinds, now))


def html_report(audit: Audit, kinds: dict[str, Kind], now: int) -> str:
    """Write an audit as one page of HTML, which runs nothing and fetches nothing.

    Args:
        audit: What was found.
        kinds: The four kinds of cookie, by name.
        now: When the cookies were read, in microseconds since the Unix epoch.

    Returns:
        Text that any encoding of Unicode can hold, without any cookie's value.
    """
    return page.written(report(audit, kinds, now))
