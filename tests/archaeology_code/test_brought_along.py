"""Files that others wrote and that a project template brought along."""

import pytest

from archaeology.facts import Flag
from archaeology.inventory.classify import reasons_from_path


@pytest.mark.parametrize(
    ("path", "is_vendored"),
    [
        ("Shop/wwwroot/lib/sortablejs/Sortable.js", True),
        ("wwwroot/lib/jquery/jquery.js", True),
        ("Shop/wwwroot/js/site.js", False),
        ("Shop/wwwroot/library/own.js", False),
    ],
)
def test_what_lies_below_the_browsers_lib_is_vendored(path: str, is_vendored: bool) -> None:
    assert (Flag.VENDORED in {flag for flag, _ in reasons_from_path(path)}) is is_vendored
