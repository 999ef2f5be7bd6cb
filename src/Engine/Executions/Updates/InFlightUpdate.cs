using System.Collections.Immutable;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>An update that no worker has answered yet. In memory only: until it is accepted it leaves no trace, and what
/// memory loses its caller sends again.</summary>
/// <param name="Id">The update's id.</param>
/// <param name="Request">What the worker is sent; null when history has it, and the worker reads it there.</param>
/// <param name="IsSent">Whether a worker got it with a workflow task.</param>
internal sealed record InFlightUpdate(string Id, Request? Request, bool IsSent = false)
{
    /// <summary>Other requests for it that want to be called when it is done.</summary>
    public ImmutableList<AttachedRequest> Attached { get; init; } = [];

    /// <summary>Whether this request asked for it before.</summary>
    public bool Knows(string requestId) =>
        Request?.RequestId == requestId || Attached.Exists(attached => attached.RequestId == requestId);

    /// <summary>How many want to be called when it is done.</summary>
    public int Callbacks =>
        (Request?.CompletionCallbacks.Count ?? 0) + Attached.Sum(attached => attached.Callbacks.Length);

    /// <summary>The bytes that it takes in memory.</summary>
    public int Size { get; } = (2 * Utf8Length.Of(Id)) + (Request?.CalculateSize() ?? 0);
}
