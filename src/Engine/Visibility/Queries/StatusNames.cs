using System.Collections.Frozen;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// How queries and counts write a run's status: <c>Running</c>, <c>ContinuedAsNew</c>, …; exact case.
/// </summary>
internal static class StatusNames
{
    private const string LongPrefix = "WORKFLOW_EXECUTION_STATUS_";

    private static readonly FrozenDictionary<string, WorkflowExecutionStatus> ByName =
        Enum.GetValues<WorkflowExecutionStatus>()
            .SelectMany(status => new[]
            {
                KeyValuePair.Create(status.ToString(), status),
                KeyValuePair.Create(LongName(status), status),
            })
            .ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryParse(string name, out WorkflowExecutionStatus status) =>
        ByName.TryGetValue(name, out status);

    // The protobuf names of the enum, which a server accepts too.
    private static string LongName(WorkflowExecutionStatus status) => LongPrefix + string.Concat(
        status.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}"))
        .ToUpperInvariant();
}
