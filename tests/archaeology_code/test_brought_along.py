"""Files that others wrote and that a project template brought along."""

import pytest

from archaeology.facts import Flag
from archaeology.inventory.classify import reasons_from_content, reasons_from_path


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


@pytest.mark.parametrize(
    ("banner", "is_vendored"),
    [
        (
            "/*!\n * dragula JavaScript Library v3.6.0\n * https://dragula.example/\n * Released under the MIT license\n */",
            True,
        ),
        ("/*! Carousel - v1.12.1 | (c) Carousel Ltd | https://carousel.example/license */", True),
        ("/**\n * The shop's basket, since version 2.0 of the shop.\n */", False),
        ("/* eslint-disable */\n/* v1.0 */", False),
        ("const text = '/*! v1.0.0 license https://a.example'", False),
    ],
)
def test_a_script_with_the_banner_of_a_released_library_is_vendored(banner: str, is_vendored: bool) -> None:
    content = f"{banner}\nvar a = 1\n".encode()
    assert (Flag.VENDORED in {flag for flag, _ in reasons_from_content("javascript", content)}) is is_vendored
    assert (Flag.VENDORED in {flag for flag, _ in reasons_from_content("typescript", content)}) is is_vendored
    assert not list(reasons_from_content("python", content))
