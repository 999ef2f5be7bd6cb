using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Requests of loads, and what histories say of them.</summary>
internal static class Histories
{
    public static StartWorkflowExecutionRequest Start(string id, string type, string queue, params object[] input)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = id,
            WorkflowType = new WorkflowType { Name = type },
            TaskQueue = new TaskQueue { Name = queue },
            RequestId = id,
        };
        if (input.Length > 0)
        {
            request.Input = Payloads(input);
        }

        return request;
    }

    public static SignalWorkflowExecutionRequest Signal(string workflowId, string runId, string name, string value) => new()
    {
        Namespace = "default",
        WorkflowExecution = new() { WorkflowId = workflowId, RunId = runId },
        SignalName = name,
        Input = Payloads(value),
        RequestId = value,
    };

    public static Payloads Payloads(params object[] values) =>
        new() { Payloads_ = { values.Select(DataConverter.Default.PayloadConverter.ToPayload) } };

    public static string Text(Payloads payloads) =>
        (string)DataConverter.Default.PayloadConverter.ToValue(payloads.Payloads_[0], typeof(string))!;

    public static async Task<IReadOnlyList<HistoryEvent>> EventsAsync(TemporalClient client, string id, string? runId) =>
        [.. (await client.GetWorkflowHandle(id, runId).FetchHistoryAsync()).Events];

    /// <summary>The runs of a workflow id, as lists show them.</summary>
    public static async Task<IReadOnlyList<string>> RunsAsync(TemporalClient client, string id)
    {
        var listed = await client.WorkflowService.ListWorkflowExecutionsAsync(
            new ListWorkflowExecutionsRequest { Namespace = "default", Query = $"WorkflowId = '{id}'" });
        return [.. listed.Executions.Select(run => run.Execution.RunId)];
    }

    public static IEnumerable<string> Signals(IEnumerable<HistoryEvent> events) => events
        .Where(e => e.EventType == EventType.WorkflowExecutionSignaled)
        .Select(e => Text(e.WorkflowExecutionSignaledEventAttributes.Input));
}
