using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.TaskQueues;

/// <summary>A matcher in simulated time, with a starter that writes down which poller got which task.</summary>
internal sealed class MatcherFixture : ITaskStarter, IDisposable
{
    public static readonly NamespaceId Namespace = new(new Guid(1, 0, 0, new byte[8]));

    private readonly TaskQueueInstruments _instruments = new();

    public MatcherFixture()
    {
        Matcher = new TaskMatcher(Time, Time, _instruments);
        Matcher.Connect(this);
    }

    public FakeTimeProvider Time { get; } = new();

    public TaskMatcher Matcher { get; }

    /// <summary>Started tasks in order, each with its poller.</summary>
    public List<(TaskReference Task, Poller Poller)> Started { get; } = [];

    public IEnumerable<long> StartedEventIds => Started.Select(started => started.Task.ScheduledEventId);

    public static TaskQueueKey Queue(TaskQueueType type = TaskQueueType.Workflow, string name = "q") =>
        new(Namespace, name, type);

    public static TaskQueueKey Sticky(string name = "sticky") =>
        new(Namespace, name, TaskQueueType.Workflow, IsSticky: true);

    public TaskReference Task(
        long id, TaskQueueKey? queue = null, TaskQueueKey? fallback = null, int priority = 3, string workflow = "w") => new(
        new RunKey(new WorkflowKey(Namespace, workflow), new RunId(new Guid(2, 0, 0, new byte[8]))),
        queue ?? Queue(),
        fallback,
        id,
        Attempt: 1,
        Instant.From(Time.GetUtcNow()),
        priority);

    public Poll Poll(
        TaskQueueKey? queue = null,
        string identity = "me",
        string key = "",
        double? rate = null,
        DeploymentVersion? version = null)
    {
        var poll = new Poll(queue ?? Queue(), identity, key, rate, version);
        Matcher.Poll(poll.Poller);
        return poll;
    }

    public void Dispose() => _instruments.Dispose();

    void ITaskStarter.Start(in TaskReference task, Poller poller) => Started.Add((task, poller));
}

/// <summary>A poll and how it ended.</summary>
internal sealed class Poll
{
    public Poll(TaskQueueKey queue, string identity, string key, double? rate, DeploymentVersion? version) =>
        Poller = new Poller(queue, identity, key, End)
        {
            MaxTasksPerSecond = rate,
            Deployment = version is not { } runs ? null : new WorkerDeploymentOptions
            {
                DeploymentName = runs.Deployment,
                BuildId = runs.BuildId,
                WorkerVersioningMode = WorkerVersioningMode.Versioned,
            },
        };

    public Poller Poller { get; }

    public int Endings { get; private set; }

    public Outcome? Outcome { get; private set; }

    public bool EndedEmpty => Endings == 1 && Outcome is null;

    private void End(Outcome? outcome)
    {
        Endings++;
        Outcome = outcome;
    }
}
