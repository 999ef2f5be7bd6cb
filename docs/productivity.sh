#!/usr/bin/env bash
# Counts what the two ways of fulfilling an order (samples/Orders) cost to write and to test. Prints the tables of docs/productivity.md.
set -euo pipefail
cd "$(dirname "$0")/.."

# What either side would have anyway is not counted: broker and database, the services, and how each is driven (IOrderSystem).
messages=$(ls samples/Orders/Choreography/*.cs | grep -v -e /Broker -e /OrderDatabase.cs -e /ChoreographedOrders.cs)
workflow=$(ls samples/Orders/Orchestrated/*.cs | grep -v /OrchestratedOrders.cs)
suite=tests/Samples.Tests/Orders/OrderTests.cs
alone=tests/Samples.Tests/Orders/OrderWorkflowTests.cs

# Lines with code on them: no blank lines, comments, using lines or lone braces.
code() { cat "$@" | grep -vE '^[[:space:]]*($|//|using |[{}][;,)]*$)'; }
lines() { code "$@" | wc -l; }

# Places where the flow parts: keywords, arms of switches, conditional expressions, and conditions joined in one place.
branches() {
  local arms='^ +(\(.*\)|_|[A-Z][A-Za-z]*( or [A-Z][A-Za-z]*)*)( when .*)? =>( |$)'
  local words='\b(if|while|foreach|for|case|catch|when|or)\b|&&|\|\||\?\?|(^| )\? '
  { code "$@" | grep -oE "$arms"; code "$@" | grep -oE "$words"; } | wc -l
}

count() { grep -cE "$1" "${@:2}"; }

# States to test: the places where an order can wait, times the messages that can come there.
stages=$(sed -n '/enum OrderStage/,/^}/p' samples/Orders/Choreography/OrderTable.cs | grep -cE '^    [A-Z]')
kinds=$(count 'sealed record .*: OrderMessage' samples/Orders/Choreography/OrderMessages.cs)
waits=$(count '\bawait\b' samples/Orders/Orchestrated/OrderWorkflow.cs)
updates=$(count '\[Workflow(Update|Signal)\]' samples/Orders/Orchestrated/OrderWorkflow.cs)

# Each failure path of a file of tests: its name, how many cases it has, and the test.
paths() {
  awk '
    /\[(Fact|Theory)\]/ { cases = /Fact/ ? 1 : 0; path = "" }
    /\[InlineData\(/ { cases++ }
    /\[Trait\((Path|"Failure path"), "/ { path = $0; sub(/.*[Pp]ath"?, "/, "", path); sub(/"\)\].*/, "", path) }
    /public .*Task [A-Za-z]+_/ && path != "" { name = $0; sub(/.*Task /, "", name); sub(/\(.*/, "", name); printf "| %s | %d | `%s` |\n", path, cases, name; path = "" }
  ' "$@"
}
failures() { paths "$@" | wc -l; }
cases() { paths "$@" | awk -F'|' '{ sum += $3 } END { print sum }'; }

row() { printf '| %s | %d | %d | %d %% |\n' "$1" "$2" "$3" $(( ($2 - $3) * 100 / $2 )); }
echo '| | messages | workflow | less |'
echo '| --- | --- | --- | --- |'
row 'files' "$(wc -w <<<"$messages")" "$(wc -w <<<"$workflow")"
row 'lines of code' "$(lines $messages)" "$(lines $workflow)"
row 'branches' "$(branches $messages)" "$(branches $workflow)"
row 'states to test' $(( stages * kinds )) $(( waits * updates ))
row 'failure paths' "$(failures $suite)" "$(failures $suite $alone)"
# With every message delivered twice, each of them has to hold once more.
row 'cases that cover them' $(( $(cases $suite) * 2 )) "$(cases $suite $alone)"
echo
echo '| failure path | cases | test |'
echo '| --- | --- | --- |'
paths "$suite" "$alone"
