"""Measurements of the product: how well it does and what it costs. Not shipped."""
