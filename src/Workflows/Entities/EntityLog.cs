using Microsoft.Extensions.Logging;

namespace AugmentedOS.Workflows.Entities;

/// <summary>What entities log.</summary>
internal static partial class EntityLog
{
    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Message {MessageId} to an entity failed and was set aside ({Reason}); the entity lives on")]
    public static partial void SetAside(ILogger logger, string messageId, string reason, Exception exception);
}
