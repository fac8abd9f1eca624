#!/bin/sh
# Captures what this project protects, with its own program: sh docs/self/capture.sh DATABASE, at the root of a checkout.
# The database is new and outside the checkout; what is for committing is written into .alloy/ and AGENTS.md.
set -eu

database=${1:?"name a database that does not exist yet, outside the checkout"}
if [ -e "$database" ]; then
    echo "$database exists: name another one." >&2
    exit 2
fi
ALLOY_ACTOR=maintainers
export ALLOY_ACTOR
answers=docs/self/answers

assist() { "${ALLOY:-.venv/bin/alloy}" --no-input --db "$database" "$@"; }

# ask NAME ARGUMENTS: an interview from the answers of that name; says the id of the record.
ask() {
    name=$1
    shift
    assist --quiet interview "$@" --max-questions 8 --answers "$answers/$name.yaml"
}

# hypothesis WORDS: the id of the hypothesis whose title begins so.
hypothesis() {
    assist hypothesis list | awk -v wanted="$1" '{ id = $2; $1 = $2 = $3 = ""; sub(/^ +/, "") } index($0, wanted) == 1 { print id; exit }'
}

# require RECORD TITLE CHECK...: a title of our own, machine checks beside what was said, and the record is put to work.
require() {
    record=$1 title=$2
    shift 2
    count=$#
    for check; do
        set -- "$@" --check "$check"
    done
    shift "$count"
    assist --quiet intent edit "$record" --title "$title" "$@" --reason "what a machine can see of it" > /dev/null
    assist --quiet intent activate "$record" --reason "its checks hold" > /dev/null
}

assist --quiet scan > /dev/null

record=$(ask archaeology-stands-alone --hypothesis "$(hypothesis '`archaeology` stands on its own')")
require "$record" "Archaeology knows no database, no model and no screen" \
    '{"kind": "import_boundary", "sources": [{"module": "archaeology", "path": "archaeology/"}], "forbidden": [{"module": "alloy_assist", "path": "alloy_assist/"}, {"module": "store", "path": "store/"}, {"module": "prompts", "path": "prompts/"}]}' \
    '{"kind": "import_boundary", "sources": [{"module": "archaeology", "path": "archaeology/"}], "forbidden": [{"module": "textual", "external": true}, {"module": "click", "external": true}, {"module": "rich", "external": true}, {"module": "litellm", "external": true}, {"module": "instructor", "external": true}, {"module": "sqlite_utils", "external": true}]}' \
    '{"statement": "SQLite is imported in the cache of archaeology and nowhere else in it", "kind": "pattern_absent", "pattern": "^\\s*(import|from)\\s+sqlite3\\b", "paths": ["archaeology/**/*.py"], "except_paths": ["archaeology/cache.py"]}'

record=$(ask only-a-person-accepts --mode reject --path store/lifecycle.py)
require "$record" "A hypothesis is never a fact: only a person accepts" \
    '{"statement": "every state beyond proposed needs a person", "kind": "pattern_present", "pattern": "^NEEDS_PERSON = frozenset\\(RecordState\\) - \\{RecordState\\.HYPOTHESIZED, RecordState\\.PROPOSED\\}$", "paths": ["store/lifecycle.py"]}' \
    '{"statement": "agents, briefs, feedback and adapters name no accepted state, no person and no transition", "kind": "pattern_absent", "pattern": "RecordState\\.(ACCEPTED|ACTIVE)|ActorKind\\.PERSON|\\.transition\\(|\\.save_new\\(", "paths": ["alloy_assist/agent/**/*.py", "alloy_assist/briefs/**/*.py", "alloy_assist/feedback/**/*.py", "alloy_assist/foundry/**/*.py", "alloy_assist/llm/**/*.py"]}' \
    '{"statement": "a test sees that only people decide", "kind": "pattern_present", "pattern": "^(async )?def test_only_people_decide\\(", "paths": ["tests/store/test_lifecycle_rules.py"]}'

record=$(ask nothing-of-a-repository-runs --hypothesis "$(hypothesis 'Only `archaeology/git/references` may import `git`')")
require "$record" "Nothing of a scanned repository runs" \
    '{"statement": "archaeology starts processes in its git runner and its own pool of parsers only", "kind": "pattern_absent", "pattern": "^\\s*(import|from)\\s+(subprocess|pty|multiprocessing)\\b|\\bos\\.(system|popen|exec[lv]\\w*|spawn\\w+|posix_spawn\\w*)\\(", "paths": ["archaeology/**/*.py"], "except_paths": ["archaeology/git/runner.py", "archaeology/code/pool.py"]}' \
    '{"statement": "archaeology evaluates and unpickles nothing", "kind": "pattern_absent", "pattern": "^\\s*(import|from)\\s+(pickle|marshal|shelve)\\b|^[^\"#]*(?<![\\w.\"])(eval|exec)\\(", "paths": ["archaeology/**/*.py"]}' \
    '{"statement": "a test sees that no planted program runs", "kind": "pattern_present", "pattern": "^(async )?def test_no_planted_program_runs\\(", "paths": ["tests/archaeology_git/test_hostile_programs.py"]}'

record=$(ask one-gateway-to-models --technology litellm)
require "$record" "Language models have one gateway" \
    '{"kind": "import_boundary", "sources": [{"module": "alloy_assist", "path": "alloy_assist/"}, {"module": "archaeology", "path": "archaeology/"}, {"module": "store", "path": "store/"}, {"module": "prompts", "path": "prompts/"}], "forbidden": [{"module": "litellm", "external": true}, {"module": "instructor", "external": true}], "except": [{"from": "alloy_assist.llm.litellm_gateway", "to": "litellm"}, {"from": "alloy_assist.llm.litellm_gateway", "to": "instructor"}]}' \
    '{"statement": "no other module loads litellm or instructor by name", "kind": "pattern_absent", "pattern": "import_module\\(.(litellm|instructor)", "paths": ["alloy_assist/**/*.py", "archaeology/**/*.py", "store/**/*.py", "prompts/**/*.py"], "except_paths": ["alloy_assist/llm/litellm_gateway.py"]}' \
    '{"statement": "a test sees that the command line starts without litellm and instructor", "kind": "pattern_present", "pattern": "^(async )?def test_the_command_line_starts_without_what_is_slow_to_import\\(", "paths": ["tests/test_import_hygiene.py"]}'

record=$(ask the-headless-path-loads-no-screen --hypothesis "$(hypothesis '`tui` stays on top')")
require "$record" "The headless path never loads the terminal application" \
    '{"kind": "import_boundary", "sources": [{"module": "alloy_assist.cli", "path": "alloy_assist/cli/"}], "forbidden": [{"module": "alloy_assist.tui", "path": "alloy_assist/tui/"}], "indirect": true}' \
    '{"statement": "Textual is imported below alloy_assist/tui only", "kind": "pattern_absent", "pattern": "^\\s*(import|from)\\s+textual\\b", "paths": ["alloy_assist/**/*.py", "archaeology/**/*.py", "store/**/*.py", "prompts/**/*.py"], "except_paths": ["alloy_assist/tui/**"]}'

record=$(ask compiled-artifacts-never-change --mode reject --path store/schema/0005_briefs.sql)
require "$record" "Compiled artifacts never change and carry their digest" \
    '{"statement": "the database refuses to change an artifact", "kind": "pattern_present", "pattern": "^CREATE TRIGGER artifacts_are_never_changed BEFORE UPDATE ON artifacts", "paths": ["store/schema/*.sql"]}' \
    '{"statement": "the database refuses to delete an artifact", "kind": "pattern_present", "pattern": "^CREATE TRIGGER artifacts_are_never_deleted BEFORE DELETE ON artifacts", "paths": ["store/schema/*.sql"]}' \
    '{"statement": "no code tries to change or delete an artifact", "kind": "pattern_absent", "pattern": "(?i)\\b(update|delete from|replace into|drop trigger)\\s+(if exists\\s+)?artifacts", "paths": ["store/**/*.py", "alloy_assist/**/*.py"]}' \
    '{"statement": "a test notices every flipped byte of every artifact", "kind": "pattern_present", "pattern": "^(async )?def test_every_flipped_byte_is_noticed\\(", "paths": ["tests/briefs/test_brief_artifacts.py"]}'

record=$(ask outside-text-is-made-visible --mode reject --path archaeology/text.py)
require "$record" "Text from outside is made visible before a person sees it" \
    '{"statement": "nothing is printed past the output helpers, and no markup of data is read", "kind": "pattern_absent", "pattern": "^\\s*print\\(|sys\\.std(out|err)\\.write\\(|markup=True|\\.from_markup\\(", "paths": ["alloy_assist/**/*.py", "archaeology/**/*.py", "store/**/*.py", "prompts/**/*.py"], "except_paths": ["alloy_assist/__main__.py", "alloy_assist/cli/app.py", "alloy_assist/cli/output.py", "store/diagram.py"]}' \
    '{"statement": "a test sees that no character gets through that is not shown", "kind": "pattern_present", "pattern": "^(async )?def test_no_character_of_unicode_gets_through_that_is_not_shown\\(", "paths": ["tests/archaeology_core/test_text.py"]}' \
    '{"statement": "a test sees that no control character of the data reaches a terminal", "kind": "pattern_present", "pattern": "^(async )?def test_no_control_character_of_the_data_reaches_a_real_terminal\\(", "paths": ["tests/tui/test_hostile.py"]}'

record=$(ask errors-say-what-to-do-next --mode reject --path alloy_assist/errors.py)
require "$record" "Errors say what to do next, and exit codes are decided in one place" \
    '{"statement": "no error without a kind is raised", "kind": "pattern_absent", "pattern": "^\\s*raise\\s+(Exception|BaseException|RuntimeError)\\b", "paths": ["alloy_assist/**/*.py", "archaeology/**/*.py", "store/**/*.py", "prompts/**/*.py"]}' \
    '{"statement": "only the entry point leaves the process", "kind": "pattern_absent", "pattern": "\\bsys\\.exit\\(|\\bos\\._exit\\(|\\braise SystemExit\\b", "paths": ["alloy_assist/**/*.py", "archaeology/**/*.py", "store/**/*.py", "prompts/**/*.py"], "except_paths": ["alloy_assist/__main__.py"]}'

assist check >&2

assist intent export > /dev/null
assist intent export --format markdown > /dev/null
assist intent export --format agents --to AGENTS.md --yes > /dev/null

brief=add-swift-import-resolution-without-weakening
assist brief create --project alloy-assist \
    --objective "Add Swift import resolution without weakening what the project protects" \
    --path archaeology/ --path archaeology/imports/ \
    --done "Swift imports resolve to files and packages, in the fixtures and in one public repository" \
    --done "make check passes" \
    --stop "A check of a record would have to be changed or waived" > /dev/null
assist brief review "$brief" > /dev/null
seen=$(assist brief show "$brief" --json | sed -n 's/^  "digest_shown": "\(.*\)",$/\1/p')
assist brief approve "$brief" --mode dry_run --seen "$seen" > /dev/null
assist brief compile "$brief"
assist brief verify "$brief"
