using System.Diagnostics;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>The tags of spans, and how a span tells a failure.</summary>
internal static class TraceTags
{
    public const string WorkflowId = "temporalWorkflowID";
    public const string RunId = "temporalRunID";
    public const string ActivityId = "temporalActivityID";
    public const string UpdateId = "temporalUpdateID";

    public static KeyValuePair<string, object?>[] Of(string name, string? value) =>
        value is null ? [] : [new(name, value)];

    public static KeyValuePair<string, object?>[] Of(string name, string? value, string other, string? otherValue) =>
        [.. Of(name, value), .. Of(other, otherValue)];

    /// <summary>Records a failure. One that is marked benign is recorded, but the span is no error: nobody shall be
    /// woken.
    /// </summary>
    public static void Fail(Activity? span, Exception failure)
    {
        if (span is null)
        {
            return;
        }

        if (failure is not ApplicationFailureException { Category: ApplicationErrorCategory.Benign })
        {
            span.SetStatus(ActivityStatusCode.Error, failure.Message);
        }

        span.AddException(failure);
    }
}
