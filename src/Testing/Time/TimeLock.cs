using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TestService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Testing.Time;

/// <summary>The lock on one engine's time, through Temporal's test service. All tests on a connection share it: several
/// waits at a time unlock once.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class TimeLock
{
    private static readonly ConditionalWeakTable<ITemporalConnection, TimeLock> Locks = [];

    private static readonly RpcOptions Patiently = new() { Retry = true };

    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<Task, bool> _sleeps = new();
    private readonly TestService _service;
    private int _restarts;
    private int _waits;

    private TimeLock(TestService service) => _service = service;

    public static TimeLock Of(ITemporalConnection connection) =>
        Locks.GetValue(connection, static connection => new TimeLock(connection.TestService));

    /// <summary>Whether nobody waits or sleeps, so that time stands still.</summary>
    public bool IsAtRest => _waits == 0 && _sleeps.IsEmpty;

    /// <summary>One more waits: the first unlocks.</summary>
    public Task AddWaitAsync() => ChangeAsync(+1);

    /// <summary>One fewer waits: the last locks.</summary>
    public Task RemoveWaitAsync() => ChangeAsync(-1);

    /// <summary>Lets this much time pass, also when the engine goes away meanwhile and comes back.</summary>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancelled)
    {
        var until = await NowAsync().ConfigureAwait(false) + delay;
        var left = delay;
        while (left > TimeSpan.Zero && !await TrySleepAsync(left, cancelled).ConfigureAwait(false))
        {
            left = until - await NowAsync().ConfigureAwait(false);
        }
    }

    public async Task<DateTime> NowAsync() =>
        (await _service.GetCurrentTimeAsync(new Empty(), Patiently).ConfigureAwait(false)).Time.ToDateTime();

    /// <summary>Takes the engine away and brings it back: nobody moves time meanwhile, waits go on, and what was
    /// skipped is skipped again.</summary>
    /// <param name="countAttempts">How many attempts of activities workers have in hand.</param>
    public async Task AcrossRestartAsync(Func<Task> restart, Func<Task<int>> countAttempts)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            var before = await NowAsync().ConfigureAwait(false);
            Interlocked.Increment(ref _restarts);
            await restart().ConfigureAwait(false);
            await CatchUpAsync(before, countAttempts).ConfigureAwait(false);
            if (_waits > 0)
            {
                await UnlockAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private static bool IsUnbalanced(RpcException refused) =>
        refused.Code == RpcException.StatusCode.FailedPrecondition;

    /// <returns>False when the engine went away before it was over.</returns>
    private async Task<bool> TrySleepAsync(TimeSpan time, CancellationToken cancelled)
    {
        var restarts = Volatile.Read(ref _restarts);
        var sleep = SleepAsync(time, cancelled);
        _sleeps[sleep] = true;
        try
        {
            await sleep.ConfigureAwait(false);
            return true;
        }
        catch (RpcException) when (Volatile.Read(ref _restarts) != restarts && !cancelled.IsCancellationRequested)
        {
            // It is back when whoever took it away lets go of the gate.
            await _gate.WaitAsync(cancelled).ConfigureAwait(false);
            _gate.Release();
            return false;
        }
        finally
        {
            _sleeps.TryRemove(sleep, out _);
        }
    }

    private async Task SleepAsync(TimeSpan time, CancellationToken cancelled)
    {
        var request = new SleepRequest { Duration = Duration.FromTimeSpan(time) };
        var rpc = new RpcOptions { CancellationToken = cancelled };
        try
        {
            await _service.UnlockTimeSkippingWithSleepAsync(request, rpc).ConfigureAwait(false);
        }
        catch (RpcException unlocked) when (IsUnbalanced(unlocked))
        {
            // Somebody waits for a result and has unlocked time already: it passes by itself.
            await _service.SleepAsync(request, rpc).ConfigureAwait(false);
        }
    }

    /// <summary>An engine starts at the machine's time. Attempts that workers have in hand, as far as it knows, would
    /// hold it there: they are lent to it until it is where it was.</summary>
    private async Task CatchUpAsync(DateTime until, Func<Task<int>> countAttempts)
    {
        var left = until - await NowAsync().ConfigureAwait(false);
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        var attempts = await countAttempts().ConfigureAwait(false);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            await TryUnlockAsync().ConfigureAwait(false);
        }

        var request = new SleepRequest { Duration = Duration.FromTimeSpan(left) };
        await _service.UnlockTimeSkippingWithSleepAsync(request).ConfigureAwait(false);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            await LockAsync().ConfigureAwait(false);
        }
    }

    private async Task LockAsync() =>
        await _service.LockTimeSkippingAsync(new LockTimeSkippingRequest()).ConfigureAwait(false);

    /// <returns>False when there was no lock to take.</returns>
    private async Task<bool> TryUnlockAsync()
    {
        try
        {
            await _service.UnlockTimeSkippingAsync(new UnlockTimeSkippingRequest()).ConfigureAwait(false);
            return true;
        }
        catch (RpcException refused) when (IsUnbalanced(refused))
        {
            return false;
        }
    }

    private async Task ChangeAsync(int change)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_waits == 0)
            {
                await UnlockAsync().ConfigureAwait(false);
            }
            else if (_waits + change == 0)
            {
                await LockAsync().ConfigureAwait(false);
            }

            _waits += change;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <remarks>There may be no lock for a moment: a fake that sleeps has lent the engine the hold of its attempt, and
    /// the attempt was given up. The lock comes back when it wakes.</remarks>
    private async Task UnlockAsync()
    {
        while (true)
        {
            var sleeps = _sleeps.Keys.Where(sleep => !sleep.IsCompleted).ToArray();
            if (await TryUnlockAsync().ConfigureAwait(false))
            {
                return;
            }

            if (sleeps.Length == 0)
            {
                throw new WorkflowTestException(
                    "The engine's time is unlocked already, by somebody else than this test: it cannot be told when "
                    + "to stand still. Leave time to the test, or give it an engine of its own.");
            }

            await Task.WhenAny(sleeps).ConfigureAwait(false);
        }
    }
}
