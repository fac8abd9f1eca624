"""The tracked files of a repository at a revision: language, size, and what kind of file each is, with the reason."""

from __future__ import annotations

from archaeology.inventory.languages import language_of
from archaeology.inventory.take import Inventory, take_inventory
from archaeology.inventory.uncommitted import limits_of_work_tree

__all__ = ["Inventory", "language_of", "limits_of_work_tree", "take_inventory"]
