using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Calls to an engine that may be killed at any moment: each is made again and again, with the same request id,
/// until it is acknowledged.</summary>
internal sealed class Calls
{
    public static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(30);
    private int _acknowledged;

    /// <summary>A call is tried once: who repeats it is the load, not the client.</summary>
    public static RpcOptions OneTry { get; } = new() { Retry = false, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>How many were, of all loads together.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public async Task<T> UntilAcknowledgedAsync<T>(Func<Task<T>> call, CancellationToken cancelled)
    {
        while (true)
        {
            try
            {
                var answer = await call();
                Interlocked.Increment(ref _acknowledged);
                return answer;
            }
            catch (RpcException gone) when (IsTransport(gone))
            {
                await Task.Delay(BetweenTries, cancelled);
            }
        }
    }

    /// <summary>Makes a call that is refused once an earlier try of it was carried out.</summary>
    public Task UntilDoneAsync<T>(Func<Task<T>> call, CancellationToken cancelled) => UntilAcknowledgedAsync(
        async () =>
        {
            try
            {
                await call();
            }
            catch (RpcException known) when (known.Code == RpcException.StatusCode.AlreadyExists)
            {
                // The answer to an earlier try was lost.
            }

            return true;
        },
        cancelled);

    /// <summary>Looks until it sees what it waits for.</summary>
    public async Task<T> UntilSeenAsync<T>(Func<Task<T>> look, Func<T, bool> isIt, CancellationToken cancelled)
    {
        while (true)
        {
            var seen = await UntilAcknowledgedAsync(look, cancelled);
            if (isIt(seen))
            {
                return seen;
            }

            await Task.Delay(BetweenTries, cancelled);
        }
    }

    /// <summary>Whether the call may get through the next time. A batch operation's start that is asked for again while it
    /// runs is refused because one runs, as on a Temporal server; once it is over, its id is taken.</summary>
    public static bool IsTransport(RpcException failure) => failure.Code
        is RpcException.StatusCode.Unavailable
        or RpcException.StatusCode.ResourceExhausted
        or RpcException.StatusCode.Cancelled
        or RpcException.StatusCode.Unknown
        or RpcException.StatusCode.DeadlineExceeded;
}
