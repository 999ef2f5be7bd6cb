using System.Text;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Failures that the engine itself makes for activities, and how large a worker's may be.</summary>
internal static class ActivityFailures
{
    public const string ResultTooLarge = "Complete result exceeds size limit.";
    public const string FailureTooLarge = "Failure exceeds size limit.";
    public const string HeartbeatTooLarge = "Heartbeat details exceed size limit.";
    public const string CancelDetailsTooLarge = "Cancel details exceed size limit.";

    private const string Source = "Server";
    private const int DeepestCause = 20;

    /// <summary>A failure of the answer rather than of the activity's code.</summary>
    public static Failure OfServer(string message, bool nonRetryable = true) => new()
    {
        Message = message,
        Source = Source,
        ServerFailureInfo = new ServerFailureInfo { NonRetryable = nonRetryable },
    };

    public static Failure OfTimeout(TimeoutType type, string message) => new()
    {
        Message = message,
        Source = Source,
        TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type },
    };

    /// <summary>The failure as a waiting retry keeps it: every pending activity holds one in memory.</summary>
    public static Failure ToKeep(Failure failure, EngineLimits limits)
    {
        if (failure.CalculateSize() <= limits.ActivityFailureSize)
        {
            return failure;
        }

        // Only a retryable failure is kept, so what stands for it is retryable as well.
        var kept = OfServer(FailureTooLarge, nonRetryable: false);
        kept.Cause = Truncate(failure, limits.ActivityFailureSize);
        return kept;
    }

    /// <summary>A copy whose texts fit: the message first, then stack trace and causes. Payloads are dropped.</summary>
    public static Failure Truncate(Failure failure, int size)
    {
        var left = size;
        return Shorten(failure, ref left, DeepestCause);
    }

    private static Failure Shorten(Failure failure, ref int left, int depth)
    {
        var kept = new Failure();
        if (failure.ApplicationFailureInfo is { } application)
        {
            kept.ApplicationFailureInfo = new ApplicationFailureInfo
            {
                NonRetryable = application.NonRetryable,
                Type = Take(application.Type, ref left),
            };
        }
        else if (failure.ServerFailureInfo is { } server)
        {
            kept.ServerFailureInfo = server;
        }

        kept.Source = Take(failure.Source, ref left);
        kept.Message = Take(failure.Message, ref left);
        kept.StackTrace = Take(failure.StackTrace, ref left);
        if (failure.Cause is not null && depth > 0 && left > 0)
        {
            kept.Cause = Shorten(failure.Cause, ref left, depth - 1);
        }

        return kept;
    }

    /// <summary>As much of a text as fits, without cutting a character in two.</summary>
    private static string Take(string text, ref int left)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes <= left)
        {
            left -= bytes;
            return text;
        }

        var taken = 0;
        foreach (var character in text.EnumerateRunes())
        {
            if (character.Utf8SequenceLength > left)
            {
                break;
            }

            left -= character.Utf8SequenceLength;
            taken += character.Utf16SequenceLength;
        }

        left = 0;
        return text[..taken];
    }
}
