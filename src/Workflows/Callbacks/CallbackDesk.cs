using System.Text.Json;
using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Callbacks;

/// <summary>Where a workflow asks external systems and gets their replies. One for each workflow, as a field. For
/// workflow code only.
/// </summary>
/// <remarks>
/// <code>
/// private readonly CallbackDesk _desk = new();
///
/// var verdict = await _desk.RequestAsync&lt;Verdict&gt;(
///     request =&gt; Workflow.ExecuteActivityAsync((Bureau bureau) =&gt; bureau.AskAsync(request, customer), options),
///     timeout: TimeSpan.FromDays(3));
/// </code>
/// A reply is an update (<see cref="UpdateName"/>) that the <see cref="CallbackInbox"/> sends: its sender learns
/// whether it was taken. A task token of an asynchronous activity would not do: it is void after each retry of the
/// activity, and cannot tell a late reply from a second one.
/// </remarks>
public sealed class CallbackDesk
{
    /// <summary>The update that brings a reply.</summary>
    public const string UpdateName = "aos.callback";

    private const int RememberedRequests = 1000;

    private readonly Dictionary<string, Pending> _pending = [];
    private readonly Dictionary<string, CallbackOutcome> _ended = [];
    private readonly Queue<string> _endedInOrder = new();

    /// <summary>Offers the update.</summary>
    /// <exception cref="InvalidOperationException">Not inside a workflow, or the workflow has a desk
    /// already.</exception>
    public CallbackDesk()
    {
        InWorkflow.Require("CallbackDesk");
        if (!Workflow.Updates.TryAdd(
            UpdateName,
            WorkflowUpdateDefinition.CreateWithoutAttribute(UpdateName, (CallbackReply reply) => ReceiveAsync(reply))))
        {
            throw new InvalidOperationException("The workflow has a CallbackDesk already: one takes all replies.");
        }
    }

    /// <summary>How many requests wait for a reply.</summary>
    public int Waiting => _pending.Count;

    /// <summary>Asks, and waits for the reply.</summary>
    /// <typeparam name="TReply">What is expected, read from JSON.</typeparam>
    /// <param name="send">Sends it, by an activity that makes the token.</param>
    /// <param name="timeout">How long to wait for the reply, from before sending on. More than zero.</param>
    /// <param name="cancellationToken">Stops waiting; the workflow's own when null.</param>
    /// <exception cref="CallbackTimeoutException">There was no reply in time.</exception>
    /// <exception cref="CallbackFailedException">The external system replied that it could not.</exception>
    public async Task<TReply> RequestAsync<TReply>(
        Func<CallbackRequest, Task> send, TimeSpan timeout, CancellationToken? cancellationToken = null)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        var request = new CallbackRequest(Workflow.Info.WorkflowId, Workflow.NewGuid().ToString());
        var pending = new Pending(typeof(TReply));
        _pending.Add(request.RequestId, pending);
        var end = CallbackOutcome.Late;
        try
        {
            // The reply may be there before the activity that asked has ended.
            var until = Workflow.UtcNow + timeout;
            await send(request);
            var rest = until - Workflow.UtcNow;
            if (!pending.IsReplied && (rest <= TimeSpan.Zero
                || !await Workflow.WaitConditionAsync(() => pending.IsReplied, rest, cancellationToken)))
            {
                throw new CallbackTimeoutException(request.RequestId, timeout);
            }

            end = CallbackOutcome.Duplicate;
            return pending.Failure is { } reason ? throw new CallbackFailedException(reason) : (TReply)pending.Value!;
        }
        finally
        {
            _pending.Remove(request.RequestId);
            Remember(request.RequestId, end);
        }
    }

    private Task<CallbackAnswer> ReceiveAsync(CallbackReply reply) => Task.FromResult(Receive(reply));

    private CallbackAnswer Receive(CallbackReply reply)
    {
        if (!_pending.TryGetValue(reply.RequestId, out var pending))
        {
            return new(_ended.GetValueOrDefault(reply.RequestId, CallbackOutcome.Unknown));
        }

        if (pending.IsReplied)
        {
            return new(CallbackOutcome.Duplicate);
        }

        try
        {
            pending.Value = reply.Value?.Deserialize(pending.Type, JsonSerializerOptions.Web);
            pending.Failure = reply.Failure;
            if (pending.Value is null && pending.Failure is null)
            {
                return new(CallbackOutcome.Unreadable, "The reply is null.");
            }
        }
        catch (JsonException unreadable)
        {
            return new(CallbackOutcome.Unreadable, unreadable.Message);
        }

        pending.IsReplied = true;
        return new(CallbackOutcome.Accepted);
    }

    private void Remember(string requestId, CallbackOutcome end)
    {
        _ended.Add(requestId, end);
        _endedInOrder.Enqueue(requestId);
        if (_endedInOrder.Count > RememberedRequests)
        {
            _ended.Remove(_endedInOrder.Dequeue());
        }
    }

    private sealed class Pending(Type type)
    {
        public Type Type { get; } = type;

        public object? Value { get; set; }

        public string? Failure { get; set; }

        public bool IsReplied { get; set; }
    }
}
