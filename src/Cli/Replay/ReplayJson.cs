using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AugmentedOS.Workflows.Replay;
using AugmentedOS.Workflows.Versioning;

namespace AugmentedOS.Cli.Replay;

/// <summary>Reports for machines: one JSON value. Names and meanings stay; new ones may come.</summary>
internal static class ReplayJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(IReadOnlyList<PatchUsage> usages) =>
        JsonSerializer.Serialize(usages, Options) + Environment.NewLine;

    public static string Of(ReplayReport report) => JsonSerializer.Serialize(
        new
        {
            report.Build,
            Success = report.IsSuccess,
            Replayed = report.Runs.Count,
            Failed = report.Failed,
            WouldBreak = report.WouldBreak.Select(run => new { run.WorkflowId, run.RunId, run.WorkflowType }),
            report.Patches,
            report.UncoveredBranches,
            report.OtherTypes,
            report.OpenRunsOfOtherTypes,
            Runs = report.Runs.Select(run => new
            {
                run.WorkflowId,
                run.RunId,
                run.WorkflowType,
                run.State,
                run.Events,
                Replays = run.Problem is null,
            }),
        },
        Options) + Environment.NewLine;
}
