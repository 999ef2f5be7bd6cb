using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Task queues as the API describes them.</summary>
internal static class TaskQueueDescriptions
{
    private const string NoEnhancedSticky =
        "Enhanced DescribeTaskQueue is not valid for a sticky queue, use api_mode=UNSPECIFIED or a normal queue.";

    /// <summary>What a Temporal server allows a queue when nobody says otherwise.</summary>
    private const float UnlimitedRate = 100_000;

    /// <summary>Answers a request whose name has been checked. A sticky queue is described as one.</summary>
    /// <param name="configured">Finds what was configured for a queue.</param>
    public static (DescribeTaskQueueResponse? Reply, Rejection? Rejection) Describe(
        TaskMatcher matcher,
        Func<TaskQueueKey, TaskQueueConfig?> configured,
        NamespaceId ns,
        DescribeTaskQueueRequest request)
    {
        var isSticky = request.TaskQueue.Kind == TaskQueueKind.Sticky;
        // Older clients (the CLI among them) still ask this way.
        var isEnhanced = request.ApiMode == DescribeTaskQueueMode.Enhanced;
        if (isEnhanced)
        {
            return isSticky
                ? (null, Rejection.InvalidArgument(NoEnhancedSticky))
                : (DescribeEnhanced(matcher, ns, request), null);
        }

        var key = new TaskQueueKey(ns, request.TaskQueue.Name, TypeOf(request.TaskQueueType), isSticky);
        var response = Describe(matcher.Describe(key), request);
        if (request.ReportConfig)
        {
            response.Config = configured(key);
        }

        if (!isSticky)
        {
            response.VersioningInfo = VersioningOf(matcher.RoutingOf(key));
        }

        return (response, null);
    }

    /// <summary>One partition each, whatever the name: the engine needs no more.</summary>
    /// <param name="host">The machine that the engine runs on.</param>
    public static ListTaskQueuePartitionsResponse Partitions(string name, string host) => new()
    {
        WorkflowTaskQueuePartitions = { new TaskQueuePartitionMetadata { Key = name, OwnerHostName = host } },
        ActivityTaskQueuePartitions = { new TaskQueuePartitionMetadata { Key = name, OwnerHostName = host } },
    };

    private static DescribeTaskQueueResponse Describe(QueueSnapshot queue, DescribeTaskQueueRequest request)
    {
        var response = new DescribeTaskQueueResponse { Pollers = { queue.Pollers } };
        if (request.ReportStats)
        {
            response.Stats = StatsOf(queue);
            foreach (var (key, priority) in queue.ByPriority)
            {
                response.StatsByPriorityKey.Add(key, StatsOf(priority));
            }
        }

        response.EffectiveRateLimit = new()
        {
            RequestsPerSecond = (float)(queue.RateLimit ?? UnlimitedRate),
            RateLimitSource = queue.RateSource,
        };

        // Older clients still read the status from here.
        if (request.IncludeTaskQueueStatus)
        {
            response.TaskQueueStatus = new TaskQueueStatus { BacklogCountHint = queue.Backlog };
        }

        return response;
    }

    private static DescribeTaskQueueResponse DescribeEnhanced(
        TaskMatcher matcher, NamespaceId ns, DescribeTaskQueueRequest request)
    {
        // The enhanced mode is deprecated as a whole, and still in use.
        var version = new TaskQueueVersionInfo();
        var types = request.TaskQueueTypes.Count > 0
            ? request.TaskQueueTypes.Select(TypeOf).Distinct()
            : [TaskQueueType.Workflow, TaskQueueType.Activity];
        foreach (var type in types)
        {
            var queue = matcher.Describe(new TaskQueueKey(ns, request.TaskQueue.Name, type));
            var info = new TaskQueueTypeInfo { Stats = request.ReportStats ? StatsOf(queue) : null };
            if (request.ReportPollers)
            {
                info.Pollers.Add(queue.Pollers);
            }

            version.TypesInfo.Add((int)type, info);
        }

        return new DescribeTaskQueueResponse { VersionsInfo = { [""] = version } };
    }

    /// <summary>A priority's part of a queue.</summary>
    public static TaskQueueStats StatsOf(PrioritySnapshot priority) => new()
    {
        ApproximateBacklogCount = priority.Count,
        ApproximateBacklogAge = priority.Age.ToProto(),
        TasksAddRate = (float)priority.AddedPerSecond,
        TasksDispatchRate = (float)priority.DispatchedPerSecond,
    };

    /// <summary>What waits in a queue, and how fast tasks come and go.</summary>
    public static TaskQueueStats StatsOf(QueueSnapshot queue) => new()
    {
        ApproximateBacklogCount = queue.Backlog,
        ApproximateBacklogAge = queue.BacklogAge.ToProto(),
        TasksAddRate = (float)queue.AddedPerSecond,
        TasksDispatchRate = (float)queue.DispatchedPerSecond,
        RateLimitingActive = queue.IsHeldBack,
    };

    private static TaskQueueVersioningInfo VersioningOf(QueueRouting routing)
    {
        var info = new TaskQueueVersioningInfo
        {
            CurrentVersion = routing.Current?.ToLegacyText() ?? DeploymentVersion.Unversioned,
            CurrentDeploymentVersion = routing.Current?.ToProto(),
            UpdateTime = (routing.CurrentSince ?? default).ToTimestamp(),
        };
        if (routing.IsRamping)
        {
            info.RampingVersion = routing.Ramping?.ToLegacyText() ?? DeploymentVersion.Unversioned;
            info.RampingDeploymentVersion = routing.Ramping?.ToProto();
            info.RampingVersionPercentage = routing.Percentage;
            if (routing.RampingSince is { } since && !(routing.CurrentSince > since))
            {
                info.UpdateTime = since.ToTimestamp();
            }
        }

        return info;
    }

    private static TaskQueueType TypeOf(TaskQueueType asked) =>
        asked == TaskQueueType.Unspecified ? TaskQueueType.Workflow : asked;
}
