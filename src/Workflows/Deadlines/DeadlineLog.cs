using Microsoft.Extensions.Logging;

namespace AugmentedOS.Workflows.Deadlines;

internal static partial class DeadlineLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {Step} of a deadline failed ({Reason}); the work goes on")]
    public static partial void StepFailed(ILogger logger, string step, string reason, Exception exception);
}
