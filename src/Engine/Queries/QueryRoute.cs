using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>How a query is answered.</summary>
internal abstract record QueryRoute
{
    private QueryRoute()
    {
    }

    /// <summary>Not possible now.</summary>
    internal sealed record Refused(Rejection Rejection) : QueryRoute;

    /// <summary>The caller's reject condition holds.</summary>
    internal sealed record Rejected(WorkflowExecutionStatus Status) : QueryRoute;

    /// <summary>By a query task of its own: nothing else is under way that the answer would have to wait for.</summary>
    /// <param name="State">What the answer is about.</param>
    internal sealed record Direct(RunState State) : QueryRoute;

    /// <summary>Together with the pending or next workflow task.</summary>
    internal sealed record Buffered : QueryRoute
    {
        public static Buffered Instance { get; } = new();
    }
}
