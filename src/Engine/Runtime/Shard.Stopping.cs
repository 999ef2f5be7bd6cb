using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Runtime;

/// <content>What a shard does when an invariant does not hold.</content>
internal sealed partial class Shard
{
    internal void StopInGoodOrder() => _stoppedBecause = "The engine is stopping.";

    private void Stop(IShardMessage message, Exception exception)
    {
        _stoppedBecause = "The engine has stopped working on this workflow's shard because of a defect; "
            + $"nothing was written past it. Restart it and report this: {exception.Message}";
        LogStopped(_services.Logger, exception);
        _services.Health.InvariantBroken(_stoppedBecause);
        message.Refuse(Rejection.Unavailable(_stoppedBecause));
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "A shard has stopped before it wrote: an invariant is broken.")]
    private static partial void LogStopped(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A run could not be read from the journal.")]
    private static partial void LogReadFailed(ILogger logger, Exception exception);
}
