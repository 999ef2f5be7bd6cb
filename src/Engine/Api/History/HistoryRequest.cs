using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Api.History;

/// <summary>Which history, and from where.</summary>
/// <param name="Run">The run that the page token pins; else the one asked for; null for the current one.</param>
/// <param name="Token">Where to go on; null on the first page.</param>
internal readonly record struct HistoryRequest(WorkflowKey Workflow, RunId? Run, HistoryToken? Token)
{
    public static Rejection? Read(
        NamespaceGate gate, string nsName, WorkflowExecution? execution, ByteString pageToken, out HistoryRequest read)
    {
        read = default;
        RunId? run = null;
        if ((gate.Enter(nsName, out var ns) ?? ExecutionCheck.Check(execution, out run)) is { } refusal)
        {
            return refusal;
        }

        var workflow = new WorkflowKey(ns.Id, execution!.WorkflowId);
        if (pageToken.IsEmpty)
        {
            read = new HistoryRequest(workflow, run, null);
            return null;
        }

        if (!HistoryToken.TryDecode(pageToken, out var token))
        {
            return Rejection.InvalidArgument("Invalid NextPageToken.");
        }

        if (run is { } asked && asked != token.Run)
        {
            return Rejection.InvalidArgument("RunId in the request does not match the NextPageToken.");
        }

        read = new HistoryRequest(workflow, token.Run, token);
        return null;
    }
}
