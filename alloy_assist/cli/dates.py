"""Dates as git understands them, looked at before git sees them: git takes any nonsense for "now" and says nothing."""

from __future__ import annotations

import re

import click

_UNITS = r"(second|minute|hour|day|week|fortnight|month|year)s?"
_NUMBER = r"(\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_MONTH = r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|nov(ember)?|dec(ember)?)"
_WEEKDAY = r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?"
_ZONE = r"(z|utc|gmt|[+-]\d{2}:?\d{2})"
_CLOCK = rf"\d{{1,2}}:\d{{2}}(:\d{{2}}(\.\d+)?)?\s*(am|pm)?\s*{_ZONE}?"
_DAY = (
    r"(\d{4}([-/.]\d{1,2}([-/.]\d{1,2})?)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    rf"|({_WEEKDAY},?\s+)?{_MONTH}\s+\d{{1,2}}(st|nd|rd|th)?(,?\s+\d{{4}})?"
    rf"|({_WEEKDAY},?\s+)?\d{{1,2}}\s+{_MONTH}(\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{4}})"
)
_AGO = rf"{_NUMBER}[\s.]+{_UNITS}(,?[\s.]+(and\s+)?{_NUMBER}[\s.]+{_UNITS})*([\s.]+ago)?"
_NAMED = rf"(now|today|yesterday|midnight|noon|never|last[\s.]+({_WEEKDAY}|week|month|year)|{_WEEKDAY})"
_KNOWN = rf"({_DAY}([t\s]\s*{_CLOCK})?|{_AGO}|{_NAMED}(\s+{_CLOCK})?|{_CLOCK}(\s+{_NAMED})?|@?\d{{9,11}}(\s*{_ZONE})?)"


def git_date(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Take the value of an option that is a date that git understands: ``2024-03-01``, ``2 weeks ago``, a Unix time.

    Raises click.BadParameter where it is none.
    """
    if value is not None and not re.fullmatch(_KNOWN, value.strip(), re.IGNORECASE):
        message = f"{value!r} is no date. Such as: 2024-03-01, '2 weeks ago', 'last month'."
        raise click.BadParameter(message, ctx=context, param=parameter)
    return value
