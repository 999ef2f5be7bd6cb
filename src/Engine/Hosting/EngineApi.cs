using AugmentedOS.Engine.Api.ActivityTasks;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Cluster;
using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Api.Namespaces;
using AugmentedOS.Engine.Api.Workflows;
using AugmentedOS.Engine.Api.WorkflowTasks;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.TaskQueues;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Puts the RPCs together.</summary>
internal sealed class EngineApi
{
    private readonly EngineCore _core;
    private readonly NamespaceGate _gate;
    private readonly TimeProvider _time;

    public EngineApi(EngineCore core, NamespaceChanges changes, TimeProvider time, ILoggerFactory logs)
    {
        _core = core;
        _time = time;
        _gate = new NamespaceGate(core.Namespaces);
        var guard = new CallGuard(time, logs.CreateLogger<CallGuard>());
        Workflows = new WorkflowRpcs(guard);
        Operators = new OperatorRpcs(guard);
        AddCluster(changes);
        AddWorkflows();
        AddHistory();
        AddTasks();
    }

    public WorkflowRpcs Workflows { get; }

    public OperatorRpcs Operators { get; }

    private void AddCluster(NamespaceChanges changes)
    {
        var descriptions = new NamespaceDescriptions(_core.Limits);
        Workflows
            .Add(new GetSystemInfo())
            .Add(new GetClusterInfo(_core.Journal.ClusterId.ToString("D"), "sqlite"))
            .Add(new DescribeNamespace(_core.Namespaces, descriptions));
        _ = changes;
    }

    private void AddWorkflows()
    {
        var executions = _core.Shards;
        var limits = new StartLimits(_core.Limits, _time);
        Workflows
            .Add(new StartWorkflowExecution(_gate, limits, executions, WorkflowTasks()))
            .Add(new SignalWithStartWorkflowExecution(_gate, limits, executions))
            .Add(new SignalWorkflowExecution(_gate, _core.Limits, executions))
            .Add(new RequestCancelWorkflowExecution(_gate, executions))
            .Add(new TerminateWorkflowExecution(_gate, _core.Limits, executions))
            .Add(new DeleteWorkflowExecution(_gate, executions))
            .Add(new DescribeWorkflowExecution(_gate, executions));
    }

    private void AddHistory()
    {
        var pages = new HistoryPages(_core.Journal, _core.Limits);
        var wait = new RunWait(_core.Shards, _core.History, _time);
        Workflows
            .Add(new GetWorkflowExecutionHistory(_gate, pages, wait))
            .Add(new GetWorkflowExecutionHistoryReverse(_gate, pages, wait));
    }

    private void AddTasks()
    {
        var times = new LongPollTimes();
        var workflowTasks = WorkflowTasks();
        var activityTasks = new ActivityTaskResponses(_core.Namespaces);
        var answers = new ActivityAnswers(_gate, _core.Shards);
        Workflows
            .Add(new PollWorkflowTaskQueue(_gate, _core.Matcher, times, _time, workflowTasks))
            .Add(new RespondWorkflowTaskCompleted(_gate, _core.Shards, workflowTasks, activityTasks))
            .Add(new RespondWorkflowTaskFailed(_gate, _core.Shards))
            .Add(new ResetStickyTaskQueue(_gate, _core.Shards))
            .Add(new PollActivityTaskQueue(_gate, _core.Matcher, times, _time, activityTasks))
            .Add(new RespondActivityTaskCompleted(answers))
            .Add(new RespondActivityTaskCompletedById(answers))
            .Add(new RespondActivityTaskFailed(answers))
            .Add(new RespondActivityTaskFailedById(answers))
            .Add(new RespondActivityTaskCanceled(answers))
            .Add(new RespondActivityTaskCanceledById(answers))
            .Add(new RecordActivityTaskHeartbeat(answers))
            .Add(new RecordActivityTaskHeartbeatById(answers));
    }

    private WorkflowTaskResponses WorkflowTasks() => new(_core.Journal, _core.Limits);
}
