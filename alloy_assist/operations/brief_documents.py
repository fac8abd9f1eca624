"""The artifacts of a brief as texts for reading. Pure."""

from __future__ import annotations

import json

from alloy_assist.briefs.compiling import Compilation, models_of
from alloy_assist.briefs.markdown import brief_markdown
from alloy_assist.briefs.views import brief_yaml
from archaeology.text import visible


def documents(compilation: Compilation) -> dict[str, str]:
    """Return name -> text: the reviewer's Markdown, the YAML, each prompt, the gates and the evidence plan."""
    brief, pack, overlay, _ = models_of(compilation)
    shown = {
        "brief.md": brief_markdown(brief, overlay, compilation.findings),
        "brief.yaml": brief_yaml(compilation.bodies["formation_brief"], compilation.name),
        **{f"prompt pack: {prompt.phase.replace('_', ' ')}": prompt.text for prompt in pack.prompts},
        "gate overlay": json.dumps(compilation.bodies["gate_overlay"], indent=2, ensure_ascii=False),
        "evidence plan": json.dumps(compilation.bodies["evidence_plan"], indent=2, ensure_ascii=False),
    }
    return {name: visible(text) for name, text in shown.items()}
