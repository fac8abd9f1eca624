"""The page that people pass around: complete, escaped, and asking for nothing."""

import re
from html.parser import HTMLParser

import pytest

from archaeology.identity import text_sha256
from archaeology.model import (
    BoundaryException,
    Category,
    CodeCitation,
    CommitCitation,
    ConfidenceTerm,
    CounterEvidence,
    End,
    Family,
    Hypothesis,
    ImportBoundary,
    Limit,
    Observation,
    PossibleIntent,
    RepositoryInfo,
    Survey,
)
from archaeology.report import render_html
from archaeology.report.matrix import draw_matrix

HOSTILE = '<script>alert(1)</script><img src="http://evil.example/x.png" onerror=alert(1)>\x1b[31m\u202e&"'
COUNTS = [[3, 0, 0], [7, 2, 0], [1, 4, 0]]


def quote(text: str) -> CodeCitation:
    return CodeCitation(
        path="src/shop/a.py", start_line=1, end_line=2, blob="0" * 40, quote=text, quote_sha256=text_sha256(text)
    )


def survey(text: str = "plain", hypotheses: int = 1) -> Survey:
    seen = Observation(
        id="obs-1", category=Category.TEXTUAL, family=Family.SCAR_TISSUE, summary=f"Seen `x`: {text}", subject=(text,),
        citations=(quote(text), CommitCitation(commit="c" * 40, quote=text, quote_sha256=text_sha256(text), date="2024-02-03T00:00:00")),
    )  # fmt: skip
    matrix = Observation(
        id="obs-2", category=Category.STRUCTURAL, family=Family.LAYER_DIRECTION, summary="Packages", subject=(),
        data={"matrix": {"packages": ["src/domain/", "src/web/", text], "externals": [], "counts": COUNTS}},
    )  # fmt: skip
    spots = Observation(
        id="obs-3", category=Category.BEHAVIOURAL, family=Family.TACIT_COUPLING, summary="Hot", subject=(),
        data={
            "hotspots": [{"path": text, "revisions": 9, "fixes": 3, "authors": 2}],
            "cochanges": [{"a": "src/a.py", "b": text, "together": 8, "share": 0.5, "imported": False}],
        },
    )  # fmt: skip
    boundary = ImportBoundary(
        sources=(End(module="domain", path="src/domain/"),),
        forbidden=(End(module="web", path="src/web/"), End(module=text, path=text)),
    )
    found = tuple(
        Hypothesis(
            id=f"hyp-{number}",
            title=f"Title {number} of `code` {text}",
            family=Family.SCAR_TISSUE,
            confidence=0.7311,
            rationale=(
                ConfidenceTerm(label="start", detail=text, effect=-1.0),
                ConfidenceTerm(label="more", detail="it", effect=2.0),
            ),
            possible_intent=PossibleIntent(strategy=text, evidence=(text,)),
            subject=(text,),
            observations=("obs-1", "obs-gone"),
            counter_evidence=(CounterEvidence(summary=f"Against: {text}", citations=(quote(text),)),),
            questions=(f"Why {text}?",),
            check=boundary,
            stated_by=(quote(text),),
        )
        for number in range(hypotheses)
    )
    return Survey(
        repository=RepositoryInfo(root=f"/somewhere/{text}", head="a" * 40, branch=text, counts={"files": 1234}),
        limits=(Limit(kind="too_large", detail=text, count=2, paths=(text,)),),
        observations=(seen, matrix, spots),
        hypotheses=found,
    )


class Page(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "img", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_everything_that_supports_or_opposes_a_hypothesis_is_on_the_page() -> None:
    page = Page(render_html(survey()))
    for expected in (
        "Title 0 of code plain", "73 %", "likely", "strategy", "Why plain?", "Seen x: plain", "src/shop/a.py:1–2", "commit cccccccccc, 2024-02-03",
        "-1.00", "+2.00", "+1.00", "confidence = 1 / (1 + e", "Against: plain", "src/domain/ imports nothing of src/web/, plain.", "too large", "1,234 files",
        "Already written down", "hyp-0",
    ):  # fmt: skip
        assert expected in page.text, expected
    assert page.open == []


def test_hostile_text_is_shown_and_never_becomes_markup() -> None:
    page = Page(render_html(survey(HOSTILE)))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert "<script>alert(1)</script>" in page.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", render_html(survey(HOSTILE)))


def test_the_page_asks_for_nothing() -> None:
    html = render_html(survey(HOSTILE))
    page = Page(html)
    addresses = [
        value or ""
        for _, attributes in page.tags
        for name, value in attributes.items()
        if name in {"href", "src", "srcset", "action"}
    ]
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    policy = next(
        attributes["content"] for tag, attributes in page.tags if tag == "meta" and "http-equiv" in attributes
    )
    assert (policy or "").startswith("default-src 'none'; style-src 'sha256-")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    assert "url(" not in style.group(1)
    assert "@import" not in style.group(1)


def test_every_link_leads_somewhere() -> None:
    page = Page(render_html(survey(hypotheses=25)))
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    for tag, attributes in page.tags:
        if tag == "a":
            assert (attributes["href"] or "")[1:] in ids
    assert "5 more, less worth your minute" in page.text


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name() -> None:
    page = Page(render_html(survey()))
    for tag, attributes in page.tags:
        if tag == "pre" or attributes.get("class") == "scroll":
            assert attributes.get("tabindex") == "0"
            assert "aria-label" in attributes or "aria-labelledby" in attributes


def test_the_same_survey_gives_the_same_page() -> None:
    assert render_html(survey(hypotheses=3)) == render_html(survey(hypotheses=3))


def test_the_matrix_draws_boundaries_that_hold_and_that_are_crossed() -> None:
    drawn = draw_matrix(survey())
    assert drawn is not None
    assert [cell.boundary for cell in drawn.rows[0].cells] == [(), (1,), (1,)]
    assert drawn.rows[1].cells[0].boundary == ()
    assert drawn.rows[0].cells[0].own
    assert max(cell.level for row in drawn.rows for cell in row.cells) == 4
    page = Page(render_html(survey()))
    assert any("held" in (attributes.get("class") or "") for tag, attributes in page.tags if tag == "td")


@pytest.mark.parametrize("head", [None, "a" * 40])
def test_an_empty_survey_is_a_page_too(head: str | None) -> None:
    page = Page(render_html(Survey(repository=RepositoryInfo(root="/x/empty", head=head, branch=None))))
    assert "Nothing stood out" in page.text
    assert "everything that was there was read" in page.text
    assert page.open == []


def test_what_a_boundary_allows_and_what_the_title_says_already_is_not_drawn_or_said_again() -> None:
    whole = survey("src/other/")
    ends = tuple(End(module=name, path=f"src/{name}/") for name in ("domain", "web"))
    check = ImportBoundary(
        sources=ends,
        forbidden=ends,
        except_=(BoundaryException.model_validate({"from": "src/web/", "to": "src/domain/"}),),
    )
    said = PossibleIntent(strategy="Domain before web.", threat="Title 0")
    found = whole.hypotheses[0].model_copy(
        update={"check": check, "possible_intent": said, "title": "Domain before web."}
    )
    matrix = draw_matrix(whole.model_copy(update={"hypotheses": (found,)}))
    assert matrix is not None
    drawn = {
        (row.name, column)
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
        if cell.boundary
    }
    assert drawn == {("src/domain/", "src/web/")}
    text = Page(render_html(whole.model_copy(update={"hypotheses": (found,)}))).text
    assert "strategy" not in text
    assert "threat" in text
