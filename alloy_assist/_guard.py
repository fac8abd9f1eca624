"""The guard against foreign packages that have the names of ours.

People run Alloy Assist inside repositories that have a `store.py` or a `prompts/` of their own. `python -m alloy_assist`
and `PYTHONPATH=.` put the current folder first on the import path, and then *their* code would be imported, and run, as
ours. So this is looked at before anything else is imported, without importing it, and with the standard library only.
"""

from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

SIBLINGS = ("archaeology", "store", "prompts")
HOME = Path(__file__).resolve().parent.parent


def shadowed_siblings(home: Path = HOME) -> list[str]:
    """Says, a sentence each, which of our top-level packages would be imported from elsewhere.

    A wheel lays the packages side by side in site-packages, and an editable install puts the checkout on the import
    path, so that in both each one belongs beside this package, in `home`.
    """
    complaints = []
    for name in SIBLINGS:
        spec = find_spec(name)
        if spec is None:
            complaints.append(f"{name!r} is missing beside {str(home)!r}: the installation is incomplete")
        elif home / name not in _folders(spec):
            complaints.append(f"{name!r} would come from {_place(spec)!r} instead of {str(home / name)!r}")
    return complaints


def refusal(complaints: list[str]) -> str:
    """What to tell the person when there are complaints: what happened, why, and what to do."""
    return "\n".join(
        (
            "alloy: refused: another package has the name of one of ours.",
            *(f"  {complaint}" for complaint in complaints),
            "This happens when the current folder is on Python's import path, as with `python -m alloy_assist` or PYTHONPATH=.",
            "Use the `alloy` command instead, with PYTHONPATH unset.",
        )
    )


def _folders(spec: ModuleSpec) -> list[Path]:
    return [Path(folder).resolve() for folder in spec.submodule_search_locations or ()]


def _place(spec: ModuleSpec) -> str:
    return str(spec.origin or next(iter(spec.submodule_search_locations or ()), "an unknown place"))
