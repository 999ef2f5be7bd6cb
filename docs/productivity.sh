#!/usr/bin/env bash
# Counts what the two ways of fulfilling an order (samples/Orders) cost to write and to test. Prints the table of docs/productivity.md.
set -euo pipefail
cd "$(dirname "$0")/.."

# What either side would have anyway is not counted: the broker, the services, and how each is driven from outside (IOrderSystem).
messages=$(ls samples/Orders/Choreography/*.cs | grep -v -e /Broker.cs -e /ChoreographedOrders.cs)
workflow=$(ls samples/Orders/Orchestrated/*.cs | grep -v /OrchestratedOrders.cs)

# Lines with code on them: no blank lines, comments, using lines or lone braces.
code() { cat "$@" | grep -vE '^[[:space:]]*($|//|using |[{}][;,)]*$)'; }
lines() { code "$@" | wc -l; }

# Places where the flow parts: keywords, arms of switches, and conditions joined in one place.
branches() {
  code "$@" | grep -oE '\b(if|while|foreach|for|case|catch|when)\b|&&|\|\||\?\?|^ +(\(.*\)|_) =>|\bor\b' | wc -l
}

count() { grep -cE "$1" "${@:2}"; }

# States to test: the places where an order can wait, times the messages that can come there.
stages=$(sed -n '/enum OrderStage/,/^}/p' samples/Orders/Choreography/OrderTable.cs | grep -cE '^    [A-Z]')
kinds=$(count 'sealed record .*: OrderMessage' samples/Orders/Choreography/OrderMessages.cs)
waits=$(count '\bawait\b' samples/Orders/Orchestrated/OrderWorkflow.cs)
updates=$(count '\[Workflow(Update|Signal)\]' samples/Orders/Orchestrated/OrderWorkflow.cs)

# Failure paths: tests of the common suite; messages have to hold each of them a second time, delivered twice.
suite=tests/Samples.Tests/Orders/OrderTests.cs
tests=$(( $(count '\[Fact\]' $suite) + $(count '\[InlineData' $suite) ))

row() { printf '| %s | %d | %d | %d %% |\n' "$1" "$2" "$3" $(( ($2 - $3) * 100 / $2 )); }
echo '| | messages | workflow | less |'
echo '| --- | --- | --- | --- |'
row 'files' "$(wc -w <<<"$messages")" "$(wc -w <<<"$workflow")"
row 'lines of code' "$(lines $messages)" "$(lines $workflow)"
row 'branches' "$(branches $messages)" "$(branches $workflow)"
row 'states to test' $(( stages * kinds )) $(( waits * updates ))
row 'tests to hold the same promises' $(( tests * 2 )) "$tests"
