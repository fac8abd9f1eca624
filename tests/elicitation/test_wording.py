"""Other words for a question are an event of the log: a replay and a resume show the same words, and the template's stand beside them."""

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import replay
from alloy_assist.elicitation.scripted import read_script
from alloy_assist.elicitation.transcript import transcript
from alloy_assist.operations.interviewing import Interviewing

OTHER = "What does it buy you that checkout never imports `stripe`?"


def open_question(turn: m.Turn) -> m.Question:
    assert turn.question is not None
    return turn.question


def test_a_wording_is_kept_with_the_question(interviewing: Interviewing) -> None:
    begun = interviewing.start("why", "hyp_1")
    plain = open_question(begun)
    worded = interviewing.worded(begun.interview_id, plain, OTHER, "some-model")

    assert worded is not None
    assert (open_question(worded).text, open_question(worded).plain) == (OTHER, plain.text)
    assert interviewing.show(begun.interview_id).question == worded.question
    assert [event.kind for event in interviewing.events(begun.interview_id)] == ["started", "worded"]
    assert replay(interviewing.events(begun.interview_id)) == interviewing.state(begun.interview_id)
    on = interviewing.submit(begun.interview_id, m.Answered(question=plain.id, text="We test it on a train."))
    assert on.said[0].text == OTHER
    assert interviewing.resume(begun.interview_id).said[0].text == OTHER


def test_a_wording_for_a_question_that_is_over_is_not_kept(interviewing: Interviewing) -> None:
    begun = interviewing.start("why", "hyp_1")
    plain = open_question(begun)
    interviewing.submit(begun.interview_id, m.Deferred(question=plain.id))

    assert interviewing.worded(begun.interview_id, plain, OTHER, "some-model") is None
    assert "worded" not in {event.kind for event in interviewing.events(begun.interview_id)}


def test_a_wording_of_other_words_is_not_shown(interviewing: Interviewing) -> None:
    begun = interviewing.start("why", "hyp_1")
    plain = open_question(begun)
    then = plain.model_copy(update={"text": "What an older template said?"})
    interviewing.worded(begun.interview_id, then, OTHER, "some-model")

    assert open_question(interviewing.show(begun.interview_id)) == plain


def test_a_script_matches_either_wording(interviewing: Interviewing) -> None:
    begun = interviewing.start("why", "hyp_1")
    plain = open_question(begun)
    turn = interviewing.worded(begun.interview_id, plain, OTHER, "some-model")
    assert turn is not None
    subject = interviewing.state(begun.interview_id).subject

    for words in (plain.text, OTHER):
        event = read_script([{"match": {"text": words}, "answer": "x"}]).event_for(turn, subject)
        assert isinstance(event, m.Answered)


def test_a_transcript_shows_the_question_once_and_the_other_words_below_it(interviewing: Interviewing) -> None:
    begun = interviewing.start("why", "hyp_1")
    plain = open_question(begun)
    interviewing.worded(begun.interview_id, plain, OTHER, "some-model")
    written = " ".join(transcript(interviewing.events(begun.interview_id)).split())

    assert written.count(" ".join(plain.text.split())) == 1
    assert f"some-model puts it so: {OTHER}" in written
