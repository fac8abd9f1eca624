"""What a model is good for, job by job: labelled cases of our own words, and measures that can fail.

``python -m bench.jobs http://127.0.0.1:8080/v1 [--job NAME] [--size large] [--most N] [--json FILE]``; the exit code is 1 where a goal is missed.
"""
