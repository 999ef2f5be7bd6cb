using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Sagas;

/// <summary>A saga failed and could not be undone altogether. A person has to undo the rest: the message names
/// it.</summary>
/// <remarks>In history it is a failure of the kind <see cref="ErrorKind.Poisoned"/> with the code <see cref="Code"/>
/// and the <see cref="CompensationReport"/> as second detail; its cause is what made the saga fail.</remarks>
public sealed class SagaCompensationException : ApplicationFailureException
{
    /// <summary>The code of such a failure.</summary>
    public const string Code = "saga.not-undone";

    internal SagaCompensationException(Exception? cause, CompensationReport report)
        : base(
            Text(cause, report),
            cause,
            ErrorKind.Poisoned.Rule().ErrorType,
            nonRetryable: true,
            [new ErrorDetails(Code, null), report]) =>
        Report = report;

    /// <summary>What was undone and what was not.</summary>
    public CompensationReport Report { get; }

    private static string Text(Exception? cause, CompensationReport report)
    {
        var count = report.Failed.Count + report.Done.Count + report.NotRun.Count;
        return $"The saga was to be undone{(cause is null ? "" : $" ({Chain(cause)})")}, and {report.Failed.Count} of "
            + $"{count} compensations failed: "
            + $"{string.Join("; ", report.Failed.Select(failure => $"'{failure.Name}': {failure.Message}"))}. "
            + (report.NotRun.Count == 0 ? "" : $"Not tried after that: {Names(report.NotRun)}. ")
            + (report.Done.Count == 0 ? "Nothing was undone. " : $"Undone: {Names(report.Done)}. ")
            + "Undo the rest by hand.";
    }

    internal static string Chain(Exception exception)
    {
        var messages = new List<string>();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            messages.Add(cause.Message);
        }

        return string.Join(": ", messages);
    }

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
