using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Worker.V1;

namespace AugmentedOS.Engine.Workers;

/// <summary>Something that a query on workers can name.</summary>
internal abstract record WorkerField
{
    private static readonly Dictionary<string, WorkerField> All = new(StringComparer.Ordinal)
    {
        ["WorkerInstanceKey"] = new Text(worker => worker.WorkerInstanceKey),
        ["WorkerIdentity"] = new Text(worker => worker.WorkerIdentity),
        ["HostName"] = new Text(worker => worker.HostInfo?.HostName),
        ["TaskQueue"] = new Text(worker => worker.TaskQueue),
        ["DeploymentName"] = new Text(worker => worker.DeploymentVersion?.DeploymentName),
        ["BuildId"] = new Text(worker => worker.DeploymentVersion?.BuildId),
        ["SdkName"] = new Text(worker => worker.SdkName),
        ["SdkVersion"] = new Text(worker => worker.SdkVersion),
        ["WorkerStatus"] = new Text(worker => worker.Status.ToString()),
        ["Status"] = new Text(worker => worker.Status.ToString()),
        ["status"] = new Text(worker => worker.Status.ToString()),
        ["StartTime"] = new Time(worker => At(worker.StartTime)),
        ["HeartbeatTime"] = new Time(worker => At(worker.HeartbeatTime)),
    };

    private WorkerField()
    {
    }

    /// <summary>Workers say what they like: a time that is none must not fail the query.</summary>
    private static DateTimeOffset? At(Timestamp? said) => said is null ? null : Instant.From(said).ToDateTimeOffset();

    public static WorkerField? Named(string name) => All.GetValueOrDefault(name);

    internal sealed record Text(Func<WorkerHeartbeat, string?> Of) : WorkerField;

    internal sealed record Time(Func<WorkerHeartbeat, DateTimeOffset?> Of) : WorkerField;
}
