"""The tables as SQL files, in the order in which they were added. Files that were released are never edited; new ones follow."""
