"""The report that people pass around: one page of HTML that needs nothing from anywhere else."""

from __future__ import annotations

from archaeology.report.page import render_html

__all__ = ["render_html"]
