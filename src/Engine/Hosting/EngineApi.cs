using AugmentedOS.Engine.Api.Activities;
using AugmentedOS.Engine.Api.ActivityTasks;
using AugmentedOS.Engine.Api.Admission;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Cluster;
using AugmentedOS.Engine.Api.Deployments;
using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Api.Http;
using AugmentedOS.Engine.Api.Namespaces;
using AugmentedOS.Engine.Api.Operator;
using AugmentedOS.Engine.Api.TaskQueues;
using AugmentedOS.Engine.Api.TimeSkipping;
using AugmentedOS.Engine.Api.Updates;
using AugmentedOS.Engine.Api.Visibility;
using AugmentedOS.Engine.Api.Workers;
using AugmentedOS.Engine.Api.Workflows;
using AugmentedOS.Engine.Api.WorkflowTasks;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Workers;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Puts the RPCs together.</summary>
internal sealed partial class EngineApi
{
    private readonly EngineCore _core;
    private readonly NamespaceGate _gate;
    private readonly TimeProvider _time;
    private readonly TimeProvider _machine;
    private readonly WorkerPolls _polls;
    private readonly WorkerVersionCheck _versions;

    public EngineApi(EngineCore core, NamespaceChanges changes, ILoggerFactory logs)
    {
        _core = core;
        _time = core.Clocks.Workflows;
        _machine = core.Clocks.Machine;
        _gate = new NamespaceGate(core.Namespaces);
        _versions = new WorkerVersionCheck(core.Limits);
        _polls = new WorkerPolls(
            core.Matcher, new LongPollTimes(core.Limits.TaskLongPoll), _machine, core.Deployments.Polls);
        Admission = core.Security.AdmissionTo(core.Namespaces, core.Limits);
        var instruments = new CallInstruments(core.Meters, core.Namespaces);
        var guard = new CallGuard(Admission, _machine, EngineClock.System, instruments, logs.CreateLogger<CallGuard>());
        Workflows = new WorkflowRpcs(guard);
        Operators = new OperatorRpcs(guard);
        Tests = new TestRpcs(guard);
        AddCluster(changes);
        AddVisibility();
        AddWorkflows();
        AddControl();
        AddUpdates();
        AddHistory();
        AddTasks();
        AddWorkers();
        AddNexus();
        AddStandaloneActivities();
        AddDeployments();
        AddRefused();
        AddClock();
        AddSchedules();
        AddBatches();
    }

    /// <summary>Where every call comes in, also one that is no RPC.</summary>
    public CallAdmission Admission { get; }

    public WorkflowRpcs Workflows { get; }

    public OperatorRpcs Operators { get; }

    public HttpRpcs HttpRpcs() =>
        new([Workflows, Operators], new HttpInstruments(_core.Meters, _core.Namespaces), _machine, EngineClock.System);

    public TestRpcs Tests { get; }

    private void AddCluster(NamespaceChanges changes)
    {
        var clusterId = _core.Journal.ClusterId.ToString("D");
        var descriptions = new NamespaceDescriptions(_core.Limits);
        Workflows
            .Add(new GetSystemInfo())
            .Add(new GetClusterInfo(clusterId, "sqlite"))
            .Add(new DescribeNamespace(_core.Namespaces, descriptions))
            .Add(new ListNamespaces(_core.Namespaces, descriptions))
            .Add(new RegisterNamespace(changes))
            .Add(new UpdateNamespace(changes, descriptions, _time))
            .Add(new DeprecateNamespace(changes));
        Operators
            .Add(new AddSearchAttributes(changes))
            .Add(new RemoveSearchAttributes(changes))
            .Add(new ListSearchAttributes(_core.Namespaces))
            .Add(new DeleteNamespace(_core.Namespaces, changes, _core.Reclaim, _core.Nexus.Endpoints))
            .Add(new ListClusters(clusterId));
    }

    private void AddVisibility()
    {
        var visibility = new VisibilityAccess(
            _gate, _core.Limits, _core.Journal, new VisibilityInstruments(_core.Meters, _machine));
        Workflows
            .Add(new ListWorkflowExecutions(visibility))
            .Add(new ScanWorkflowExecutions(visibility))
            .Add(new CountWorkflowExecutions(visibility))
            .Add(new ListOpenWorkflowExecutions(visibility))
            .Add(new ListClosedWorkflowExecutions(visibility))
            .Add(new ListArchivedWorkflowExecutions(_gate))
            .Add(new GetSearchAttributes());
    }

    private void AddWorkflows()
    {
        var executions = _core.Shards;
        var limits = new StartLimits(_core.Limits, _time, _core.Deployments.Directory);
        Workflows
            .Add(new StartWorkflowExecution(_gate, limits, executions, WorkflowTasks()))
            .Add(new SignalWithStartWorkflowExecution(_gate, limits, executions))
            .Add(new SignalWorkflowExecution(_gate, _core.Limits, executions))
            .Add(new RequestCancelWorkflowExecution(_gate, executions))
            .Add(new TerminateWorkflowExecution(_gate, _core.Limits, executions))
            .Add(new DeleteWorkflowExecution(_gate, executions))
            .Add(new DescribeWorkflowExecution(_gate, executions, _time));
    }

    private void AddControl()
    {
        var executions = _core.Shards;
        Workflows
            .Add(new UpdateWorkflowExecutionOptions(_gate, _core.Limits, executions))
            .Add(new ResetWorkflowExecution(_gate, _core.Resets))
            .Add(new PauseWorkflowExecution(_gate, _core.Limits, executions))
            .Add(new UnpauseWorkflowExecution(_gate, executions));
        var activities = new ActivityCommands(_gate, _core.Limits, executions);
        Workflows
            .Add(new PauseActivity(activities))
            .Add(new UnpauseActivity(activities))
            .Add(new ResetActivity(activities))
            .Add(new UpdateActivityOptions(activities));
    }

    private void AddUpdates()
    {
        var checks = new UpdateChecks(_core.Limits, _core.Ids);
        Workflows
            .Add(new UpdateWorkflowExecution(_gate, checks, _core.Updates))
            .Add(new PollWorkflowExecutionUpdate(_gate, checks, _core.Updates))
            .Add(new ExecuteMultiOperation(
                _gate,
                new MultiOperationChecks(new StartLimits(_core.Limits, _time, _core.Deployments.Directory), checks),
                _core.Limits,
                _core.Updates));
    }

    private void AddHistory()
    {
        var pages = Pages();
        var wait = new RunWait(_core.Shards, _core.History, _machine, _core.Limits.HistoryLongPoll);
        Workflows
            .Add(new PollWorkflowExecutionTimeSkipping(_gate, wait, _core.Limits))
            .Add(new GetWorkflowExecutionHistory(_gate, pages, wait))
            .Add(new GetWorkflowExecutionHistoryReverse(_gate, pages, wait));
    }

    private void AddTasks()
    {
        var workflowTasks = WorkflowTasks();
        var activityTasks = new ActivityTaskResponses(_core.Namespaces);
        var answers = new ActivityAnswers(_gate, _core.Shards, _core.Limits);
        Workflows
            .Add(new PollWorkflowTaskQueue(_gate, _polls, _versions, workflowTasks))
            .Add(new RespondWorkflowTaskCompleted(_gate, _core.Shards, _versions, workflowTasks, activityTasks))
            .Add(new RespondWorkflowTaskFailed(_gate, _core.Shards))
            .Add(new ResetStickyTaskQueue(_gate, _core.Shards))
            .Add(new QueryWorkflow(_gate, _core.Queries))
            .Add(new RespondQueryTaskCompleted(_gate, _core.Queries))
            .Add(new DescribeTaskQueue(_gate, _core.Matcher, _core.TaskQueueConfigurations))
            .Add(new UpdateTaskQueueConfig(_gate, _core.Limits, _core.TaskQueueConfigurationHost))
            .Add(new ListTaskQueuePartitions(_gate))
            .Add(new PollActivityTaskQueue(_gate, _polls, _versions, activityTasks))
            .Add(new RespondActivityTaskCompleted(answers))
            .Add(new RespondActivityTaskCompletedById(answers))
            .Add(new RespondActivityTaskFailed(answers))
            .Add(new RespondActivityTaskFailedById(answers))
            .Add(new RespondActivityTaskCanceled(answers))
            .Add(new RespondActivityTaskCanceledById(answers))
            .Add(new RecordActivityTaskHeartbeat(answers))
            .Add(new RecordActivityTaskHeartbeatById(answers));
    }

    private void AddWorkers()
    {
        var workers = new WorkerRegistry(_machine);
        Workflows
            .Add(new ShutdownWorker(_gate, _core.Matcher, workers, _core.Limits.Features))
            .Add(new RecordWorkerHeartbeat(_gate, _core.Limits, workers))
            .Add(new ListWorkers(_gate, workers))
            .Add(new CountWorkers(_gate, workers))
            .Add(new DescribeWorker(_gate, workers));
    }

    private void AddClock()
    {
        if (_core.Clocks.Skipping is { } clock)
        {
            Tests
                .Add(new LockTimeSkipping(clock))
                .Add(new UnlockTimeSkipping(clock))
                .Add(new Sleep(clock))
                .Add(new SleepUntil(clock))
                .Add(new UnlockTimeSkippingWithSleep(clock), nameof(UnlockTimeSkippingWithSleep))
                .Add(new GetCurrentTime(clock), nameof(GetCurrentTime));
        }
    }

    private HistoryPages Pages() => new(_core.Journal, _core.Limits);

    private WorkflowTaskResponses WorkflowTasks() => new(Pages());
}
