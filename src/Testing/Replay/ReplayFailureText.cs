using AugmentedOS.Testing.Histories;
using AugmentedOS.Workflows.Replay;
using Temporalio.Common;

namespace AugmentedOS.Testing.Replay;

/// <summary>What a developer reads when a history does not replay.</summary>
internal static class ReplayFailureText
{
    /// <param name="subject">What does not replay, at the beginning of a sentence.</param>
    public static string Of(string subject, WorkflowHistory history, ReplayProblem problem)
    {
        var at = problem.EventId is { } id ? $" at event {id}" : "";
        return $"""
            {subject} does not replay: from its history, the code does something else{at} than it did when it ran.
              history: {problem.Expected}
              code:    {problem.Produced}{(problem.Place is null ? "" : $", in {problem.Place}")}
              the SDK: {problem.Message}
            Workflow code has to do the same each time: no clock, random number, id, dictionary order, static state or I/O of its own.
            Use Workflow.UtcNow, Workflow.Random and Workflow.NewGuid(), and activities for the rest; guard changes with Workflow.Patched.
            {HistoryText.Of(history)}
            """;
    }
}
