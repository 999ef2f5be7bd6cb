using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Ends a running workflow in favour of a new run, in one transition.</summary>
internal static class Replacement
{
    private const string Reason = "TerminateIfRunning WorkflowIdReusePolicy";

    public static Draft Of(RunState running, Draft newRun)
    {
        var draft = new Draft(running, newRun.Context.WithAhead(running.Ahead));
        var text = $"\"terminated by new runID: {newRun.State.Key.Run}\"";
        var details = new Payload { Data = ByteString.CopyFromUtf8(text) };
        details.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
        ForcedClose.Terminate(
            draft, Reason, ForcedClose.ServiceIdentity, new Payloads { Payloads_ = { details } });
        draft.Successor = newRun;
        return draft;
    }
}
