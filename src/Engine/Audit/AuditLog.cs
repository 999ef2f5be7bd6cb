using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Audit;

/// <summary>Records as log messages, with each field as a property.</summary>
internal sealed partial class AuditLog(ILogger log) : IAuditSink
{
    /// <summary>The category that they have.</summary>
    public const string Category = "AugmentedOS.Engine.Audit";

    public void Write(IReadOnlyList<AuditRecord> records)
    {
        foreach (var record in records)
        {
            LogCall(
                record.Principal, record.Method, record.Namespace, record.Target, record.Run, record.Outcome, record.Identity,
                record.Peer, record.RequestId, record.Time);
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Information,
        "{Principal} called {Method} in {Namespace} on {Target} {Run}: {Outcome} (identity {Identity}, from {Peer}, request"
        + " {RequestId}, at {Time:O})")]
    private partial void LogCall(
        string principal, string method, string @namespace, string target, string run, StatusCode outcome, string identity,
        string peer, string requestId, DateTimeOffset time);
}
