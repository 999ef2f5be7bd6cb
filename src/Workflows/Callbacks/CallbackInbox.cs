using System.Text.Json;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Callbacks;

/// <summary>Where replies of external systems come in: behind an HTTP endpoint, a queue's consumer, or what else calls
/// back. Thread safe.</summary>
public sealed class CallbackInbox
{
    private readonly ITemporalClient _client;
    private readonly CallbackTokens _tokens;

    /// <summary>An inbox for the client's namespace.</summary>
    public CallbackInbox(ITemporalClient client, CallbackTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(tokens);
        (_client, _tokens) = (client, tokens);
    }

    /// <summary>Hands a reply to the workflow that waits for it.</summary>
    /// <param name="token">As the external system gave it back; not trusted.</param>
    /// <param name="reply">Anything that becomes JSON, also a <see cref="JsonElement"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the workflow's answer; the reply may have arrived all the
    /// same, and may be repeated.</param>
    /// <returns>What became of it. Waits while no worker answers for the workflow.</returns>
    public Task<CallbackAnswer> ReplyAsync<TReply>(
        string token, TReply reply, CancellationToken cancellationToken = default) =>
        SendAsync(
            token, id => new(id, JsonSerializer.SerializeToElement(reply, JsonSerializerOptions.Web), null),
            cancellationToken);

    /// <summary>Tells the workflow that the external system could not do it.</summary>
    /// <param name="token">As the external system gave it back; not trusted.</param>
    /// <param name="reason">For operators: the message of the workflow's <see cref="CallbackFailedException"/>.</param>
    /// <param name="cancellationToken">As for a reply.</param>
    public Task<CallbackAnswer> FailAsync(string token, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return SendAsync(token, id => new(id, null, reason), cancellationToken);
    }

    private async Task<CallbackAnswer> SendAsync(
        string token, Func<string, CallbackReply> reply, CancellationToken cancellationToken)
    {
        if (!_tokens.TryOpen(token, out var request))
        {
            return new(CallbackOutcome.Forged);
        }

        var handle = _client.GetWorkflowHandle(request.WorkflowId);
        try
        {
            return await handle.ExecuteUpdateAsync<CallbackAnswer>(
                CallbackDesk.UpdateName,
                [reply(request.RequestId)],
                new() { Rpc = new() { CancellationToken = cancellationToken } }).ConfigureAwait(false);
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            return new(await ExistsAsync(handle, cancellationToken).ConfigureAwait(false)
                ? CallbackOutcome.Late
                : CallbackOutcome.Unknown);
        }
    }

    private static async Task<bool> ExistsAsync(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            await handle.DescribeAsync(new() { Rpc = new() { CancellationToken = cancellationToken } })
                .ConfigureAwait(false);
            return true;
        }
        catch (RpcException unknown) when (unknown.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
