"""A shop with two accepted records, opened as a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from alloy_assist.bootstrap import Project
from fixtures.briefing import build_shop, errors_record, gateway_record, keep, shop_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    build_shop(tmp_path / "shop")
    opened = shop_project(tmp_path / "shop")
    for record in (gateway_record(), errors_record()):
        keep(opened, record)
    yield opened
    opened.close()
