"""Boundaries between packages: who imports whom, how surprising it is that somebody does not, and which way is up.

Everything here is pure: it looks at :class:`archaeology.facts.Facts` and computes. Hypotheses are made from it in
:mod:`archaeology.hypotheses`.
"""
