using System.Globalization;
using System.Text;
using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Cli.Replay;

/// <summary>A report for people.</summary>
internal static class ReplayText
{
    private const int IdsShown = 20;

    public static string Of(ReplayReport report)
    {
        var text = new StringBuilder();
        var types = report.Runs.Select(run => run.WorkflowType).Distinct().Count();
        Line(text, $"Replayed {Count(report.Runs.Count, "run")} of {Count(types, "type")} against {report.Build}: "
            + $"{report.Runs.Count - report.Failed.Count()} as recorded, {report.Failed.Count()} not.");
        foreach (var run in report.Failed)
        {
            text.AppendLine();
            Write(text, run, run.Problem!);
        }

        var broken = report.WouldBreak.Select(run => run.WorkflowId).ToList();
        if (broken.Count > 0)
        {
            text.AppendLine();
            var more = broken.Count > IdsShown ? $" and {broken.Count - IdsShown} more (--json has all)" : "";
            Line(text, $"A deploy would break {Count(broken.Count, "open workflow")} of those: "
                + $"{string.Join(", ", broken.Take(IdsShown))}{more}");
        }

        foreach (var branch in report.UncoveredBranches)
        {
            Line(text, $"No history covers {branch}.");
        }

        foreach (var (type, count) in report.OtherTypes)
        {
            Line(text, $"Not replayed, as the build does not have it: {type} "
                + $"({Count(count, "history", "histories")}).");
        }

        foreach (var (type, count) in report.OpenRunsOfOtherTypes)
        {
            Line(
                text,
                $"Open on the server, and not in the build: {type} ({Count(count, "run")}). If no other worker has it, "
                + "they will wait for one.");
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ReplayedRun run, ReplayProblem problem)
    {
        Line(text, $"{run.WorkflowType} '{run.WorkflowId}' (run {run.RunId}, {run.State}, "
            + $"{Count(run.Events, "event")})");
        if (problem.EventId is { } id)
        {
            Line(text, $"  event    {id}");
        }

        Line(text, $"  history  {problem.Expected}");
        Line(text, $"  code     {problem.Produced}");
        if (problem.Place is { } place)
        {
            Line(text, $"  source   {place}");
        }

        Line(text, $"  SDK      {problem.Message}");
    }

    private static string Count(long count, string one, string? many = null) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? $"{one}s")}";

    private static void Line(StringBuilder text, string line) => text.AppendLine(line);
}
