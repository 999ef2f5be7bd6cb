using Microsoft.Extensions.Logging;

namespace AugmentedOS.Workflows.Approvals;

public sealed partial class Approval
{
    [LoggerMessage(
        Level = LogLevel.Warning, Message = "A decision by signal on the approval '{Approval}' was ignored: {Reason}")]
    private static partial void DecisionIgnored(ILogger logger, string approval, string reason);
}
