"""RFC 8785: the digests rest on it, so its published examples are held against what makes ours."""

import json
import struct
from typing import Any

import pytest

from alloy_assist.briefs.errors import MalformedArtifactError
from alloy_assist.briefs.sealing import content_digest, pinned_bytes
from store.identity import canonical_json

# Appendix B of RFC 8785: IEEE 754 bits and the text that they become.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}
EXAMPLES = {
    # Section 3.2.2: literals, numbers and escapes.
    r'{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
    r'"string":"\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}': (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    ),
    # Section 3.2.3: keys in the order of their UTF-16 code units.
    r'{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",'
    r'"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}': (
        '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'
    ),
    '{"a":[],"b":{}}': '{"a":[],"b":{}}',
    '[56,{"d":true,"10":null,"1":[]}]': '[56,{"1":[],"10":null,"d":true}]',
}


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_numbers_are_written_as_the_standard_says(bits: str, text: str) -> None:
    number = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert canonical_json(number).decode() == text


@pytest.mark.parametrize(("given", "canonical"), EXAMPLES.items())
def test_documents_are_written_as_the_standard_says(given: str, canonical: str) -> None:
    assert canonical_json(json.loads(given)).decode() == canonical


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, -(2**60), "\ud800"])
def test_what_has_no_canonical_form_is_refused_and_not_rounded(value: Any) -> None:
    with pytest.raises(MalformedArtifactError):
        pinned_bytes({"value": value})
    with pytest.raises(MalformedArtifactError):
        content_digest({"value": value})


def test_the_digest_is_about_content_and_not_about_the_act() -> None:
    body = {
        "a": 1,
        "digest": "sha256:x",
        "created_at": "then",
        "created_by": "somebody",
        "status": "compiled",
        "seal": "sha256:y",
    }
    assert content_digest(body) == content_digest({"a": 1})
    assert content_digest(body) != content_digest({"a": 2})
