using System.Text;
using AugmentedOS.Engine.Api.Cluster;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http.WebUi;

/// <summary>What Temporal's web UI asks before anything else: how it shall behave.</summary>
internal static class UiSettings
{
    private static readonly byte[] Settings = Encoding.UTF8.GetBytes(
        """
        {"Auth":{"Enabled":false,"Options":null,"RedirectToProvider":false},"DefaultNamespace":"default",
        "ShowTemporalSystemNamespace":false,"NavCollapsedByDefault":false,"FeedbackURL":"","DisableNewsFetch":true,
        "Codec":{"Endpoint":"","PassAccessToken":false,"IncludeCredentials":false,"DefaultErrorMessage":"",
        "DefaultErrorLink":""},"Version":"VERSION","DisableWriteActions":false,"WorkflowTerminateDisabled":false,
        "WorkflowCancelDisabled":false,"WorkflowSignalDisabled":false,"WorkflowUpdateDisabled":false,
        "WorkflowResetDisabled":false,"WorkflowPauseDisabled":false,"BatchActionsDisabled":false,
        "StartWorkflowDisabled":false,"HideWorkflowQueryErrors":false,"RefreshWorkflowCountsDisabled":false,
        "ActivityCommandsDisabled":false}
        """.ReplaceLineEndings("").Replace("VERSION", GetSystemInfo.ServerVersion, StringComparison.Ordinal));

    public static Task RunAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(Settings, http.RequestAborted).AsTask();
    }
}
