from __future__ import annotations

from archaeology.history.model import Reason
from fixtures.commented import comment, proposed, with_comment


def test_a_point_in_time_hangs_on_no_sentence_before() -> None:
    """Who says "by this point" speaks of the moment, who says "this point" of what was said before."""
    text = (
        "Server turned the sale down (e.g., 401 Unauthorized). The easy handle is already cleaned up by this point; "
        "don't create a second session, otherwise the sender would enqueue a stale handle for the retry of the request."
    )
    said = Reason("a" * 40, 1, f"In retry: {text}", "because", ("src/net/client.py",))
    (found,) = proposed(with_comment(comment(text, symbol="Client.retry")).reason(said))
    assert found.title.startswith("“The easy handle is already cleaned up by this point; don't create a second session")
