using System.Globalization;
using Grpc.Core;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Errors of workflows for callers by gRPC.</summary>
public static class GrpcErrors
{
    private const string KindTrailer = "aos-error-kind";
    private const string CodeTrailer = "aos-error-code";
    private const string RetryTrailer = "grpc-retry-pushback-ms";

    /// <summary>The error as a gRPC service throws it: the kind's code, the user's message, and in trailers
    /// <c>aos-error-kind</c>, <c>aos-error-code</c> and, where it is known when to come again,
    /// <c>grpc-retry-pushback-ms</c> (gRFC A6).</summary>
    public static RpcException ToRpcException(this WorkflowError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var trailers = new Metadata { { KindTrailer, error.Kind.Rule().Name }, { CodeTrailer, error.Code } };
        if (error.RetryAfter is { } delay)
        {
            trailers.Add(
                RetryTrailer, ((long)Math.Ceiling(delay.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture));
        }

        return new RpcException(new Status((StatusCode)(int)error.GrpcCode, error.UserMessage), trailers);
    }

    /// <summary>What another service of ours said in its trailers, which is more than its status.</summary>
    internal static WorkflowError WithTrailers(WorkflowError error, Metadata trailers)
    {
        var read = ErrorKinds.TryFromName(trailers.GetValue(KindTrailer), out var rule)
            ? new WorkflowError(
                rule.Kind, Reading.ErrorCode.From(trailers.GetValue(CodeTrailer), rule.Name), error.Message)
            {
                IsCanceled = error.IsCanceled,
            }
            : error;
        return read with { RetryAfter = RetryAfter(trailers) };
    }

    private static TimeSpan? RetryAfter(Metadata trailers) =>
        long.TryParse(trailers.GetValue(RetryTrailer), CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds >= 0
            ? WithinLimits(TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)))
            : null;

    private static TimeSpan WithinLimits(TimeSpan delay) =>
        delay > HttpResponseErrors.LongestRetryAfter ? HttpResponseErrors.LongestRetryAfter : delay;
}
