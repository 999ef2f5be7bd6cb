using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>A started activity as its worker gets it.</summary>
internal sealed class ActivityTaskResponses(INamespaceDirectory namespaces)
{
    public PollActivityTaskQueueResponse Of(StartedActivity started)
    {
        var key = started.State.Key;
        var response = ActivityTaskProjection.Of(
            started, namespaces.TryFind(key.Namespace, out var ns) ? ns.Name : "");
        response.TaskToken = TaskToken.Of(key, started.Activity).Encode();
        return response;
    }
}
