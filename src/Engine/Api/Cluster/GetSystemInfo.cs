using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Cluster;

/// <summary>The first call of every client: what this server can do.</summary>
internal sealed class GetSystemInfo : IRpc<GetSystemInfoRequest, GetSystemInfoResponse>
{
    /// <summary>The Temporal server version whose behaviour is spoken; clients compare it with what they support.</summary>
    public const string ServerVersion = "1.32.0";

    public ValueTask<Answer<GetSystemInfoResponse>> AnswerAsync(GetSystemInfoRequest request, Call call) =>
        (Answer<GetSystemInfoResponse>)new GetSystemInfoResponse
        {
            ServerVersion = ServerVersion,
            Capabilities = new GetSystemInfoResponse.Types.Capabilities
            {
                SignalAndQueryHeader = true,
                InternalErrorDifferentiation = true,
                ActivityFailureIncludeHeartbeat = true,
                SupportsSchedules = true,
                EncodedFailureAttributes = true,
                BuildIdBasedVersioning = true,
                UpsertMemo = true,
                EagerWorkflowStart = true,
                SdkMetadata = true,
                CountGroupByExecutionStatus = true,
                Nexus = true,
                ServerScaledDeployments = true,
            },
        };
}
