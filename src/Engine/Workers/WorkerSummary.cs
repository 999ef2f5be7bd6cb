using Temporalio.Api.Worker.V1;

namespace AugmentedOS.Engine.Workers;

/// <summary>A worker as a list shows it: who and where it is, without what it is doing.</summary>
internal static class WorkerSummary
{
    public static WorkerListInfo Of(WorkerHeartbeat heartbeat) => new()
    {
        WorkerInstanceKey = heartbeat.WorkerInstanceKey,
        WorkerIdentity = heartbeat.WorkerIdentity,
        TaskQueue = heartbeat.TaskQueue,
        DeploymentVersion = heartbeat.DeploymentVersion,
        SdkName = heartbeat.SdkName,
        SdkVersion = heartbeat.SdkVersion,
        Status = heartbeat.Status,
        StartTime = heartbeat.StartTime,
        HostName = heartbeat.HostInfo?.HostName ?? "",
        WorkerGroupingKey = heartbeat.HostInfo?.WorkerGroupingKey ?? "",
        ProcessId = heartbeat.HostInfo?.ProcessId ?? "",
        Plugins = { heartbeat.Plugins },
        Drivers = { heartbeat.Drivers },
    };
}
