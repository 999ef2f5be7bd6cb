using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>Refusals under the names by which a Temporal server's dashboards break them down.</summary>
internal static class ErrorTypes
{
    public static string Of(Rejection rejection) => "serviceerror_" + (rejection.Detail switch
    {
        NamespaceNotFoundFailure => "NamespaceNotFound",
        NamespaceAlreadyExistsFailure => "NamespaceAlreadyExists",
        NamespaceInvalidStateFailure => "NamespaceInvalidState",
        WorkflowExecutionAlreadyStartedFailure => "WorkflowExecutionAlreadyStarted",
        WorkflowNotReadyFailure => "WorkflowNotReady",
        QueryFailedFailure => "QueryFailed",
        MultiOperationExecutionFailure => "MultiOperationExecution",
        _ => Of(rejection.Code),
    });

    /// <summary>Whether it says that something is wrong with the server, not with what it was asked.</summary>
    public static bool IsUnexpected(StatusCode code) =>
        code is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss;

    private static string Of(StatusCode code) => code switch
    {
        StatusCode.Cancelled => "Canceled",
        StatusCode.AlreadyExists => "AlreadyExists",
        _ => code.ToString(),
    };
}
