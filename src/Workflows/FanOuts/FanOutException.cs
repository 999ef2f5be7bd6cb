using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.FanOuts;

/// <summary>More items failed than may. Its cause is the failure that was one too many; the message names the first
/// few.</summary>
/// <remarks>In history it is a failure of the kind that this failure has, not retried, with the code
/// <see cref="Code"/>.</remarks>
public sealed class FanOutException : ApplicationFailureException
{
    /// <summary>The code of such a failure.</summary>
    public const string Code = "fan-out.failed";

    private const int Named = 5;

    internal FanOutException(
        FanOutFailures policy,
        int total,
        int notTried,
        IReadOnlyList<(int Index, object? Item, Exception Failure)> failed)
        : base(
            Text(policy, total, notTried, failed),
            failed[policy.Tolerated(total)].Failure,
            WorkflowError.From(failed[policy.Tolerated(total)].Failure).Kind.Rule().ErrorType,
            nonRetryable: true,
            [new ErrorDetails(Code, null)]) =>
        Indexes = [.. failed.Select(failure => failure.Index)];

    /// <summary>The places of the items that failed, in the order in which they did.</summary>
    public IReadOnlyList<int> Indexes { get; }

    private static string Text(
        FanOutFailures policy, int total, int notTried,
        IReadOnlyList<(int Index, object? Item, Exception Failure)> failed)
    {
        var named = failed.Take(Named).Select(failure =>
            $"item {failure.Index} ({failure.Item}): "
            + $"{failure.Failure.InnerException?.Message ?? failure.Failure.Message}");
        return $"{failed.Count} of {total} items failed, where {policy}: {string.Join("; ", named)}"
            + (failed.Count > Named ? $"; and {failed.Count - Named} more" : "")
            + (notTried > 0 ? $". {notTried} were cancelled or not begun." : ".");
    }
}
