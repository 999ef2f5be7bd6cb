using System.Reflection;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>What measurements and traces say of a call: the operation under a Temporal server's name for it, and the
/// namespace that it names.</summary>
internal static class CallTags
{
    /// <summary>What stands for a namespace that there is not: names that clients make up must not become series.</summary>
    public const string UnknownNamespace = "_unknown_";

    /// <summary>The methods of the operator service carry its name.</summary>
    public static string OperationOf(string service, string method) =>
        service == OperatorRpcs.Name ? "Operator" + method : method;

    /// <summary>The long poll of a history is told from its reading: one is slow on purpose.</summary>
    public static string OperationOf<TRequest>(string operation, TRequest request) =>
        request is GetWorkflowExecutionHistoryRequest { WaitNewEvent: true } ? "PollWorkflowExecutionHistory" : operation;

    public static string NamespaceOf<TRequest>(TRequest request)
        where TRequest : class => Named<TRequest>.Namespace?.Invoke(request) ?? "";

    private static class Named<TRequest>
    {
        public static readonly Func<TRequest, string>? Namespace =
            typeof(TRequest).GetProperty("Namespace", BindingFlags.Instance | BindingFlags.Public) is
            { PropertyType: var type } property && type == typeof(string)
                ? property.GetMethod!.CreateDelegate<Func<TRequest, string>>()
                : null;
    }
}
