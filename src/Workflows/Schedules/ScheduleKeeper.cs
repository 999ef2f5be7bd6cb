using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>Brings the server's schedules in step with the declared ones.</summary>
internal sealed partial class ScheduleKeeper(
    ConnectionSettings settings,
    IEnumerable<DeclaredSchedule> declared,
    ITemporalClient client,
    IServiceProvider services,
    ILogger<ScheduleKeeper> log)
{
    /// <summary>The schedule's memo that says whose it is.</summary>
    public const string OwnerMemo = "aos.owner";

    private readonly string _owner = settings.Owner
        ?? services.GetService<IHostEnvironment>()?.ApplicationName
        ?? AppDomain.CurrentDomain.FriendlyName;

    /// <exception cref="WorkflowsConfigurationException">A declared schedule is somebody else's, or has no task queue.
    /// </exception>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        var rpc = new RpcOptions { CancellationToken = cancellation };
        var wanted = declared.ToList();
        var plans = new SchedulePlans(client, services);
        foreach (var schedule in wanted)
        {
            await ApplyAsync(schedule, plans.For(schedule), rpc).ConfigureAwait(false);
        }

        await RemoveUndeclaredAsync(wanted.Select(schedule => schedule.Id).ToHashSet(StringComparer.Ordinal), rpc)
            .ConfigureAwait(false);
    }

    private async Task ApplyAsync(DeclaredSchedule declaration, SchedulePlan plan, RpcOptions rpc)
    {
        var handle = client.GetScheduleHandle(declaration.Id);
        if (await DescribeAsync(handle, rpc).ConfigureAwait(false) is not { } found)
        {
            if (await TryCreateAsync(declaration, plan, rpc).ConfigureAwait(false))
            {
                return;
            }

            // Another instance of this application starts at the same time and was first.
            found = await handle.DescribeAsync(rpc).ConfigureAwait(false);
        }

        await ThrowIfForeignAsync(found).ConfigureAwait(false);
        if (await plan.IsAsAsync(found.Schedule).ConfigureAwait(false))
        {
            LogUnchanged(declaration.Id);
            return;
        }

        // Pauses, notes and counts of remaining actions are the operators'.
        await handle.UpdateAsync(
            input => new ScheduleUpdate(plan.Schedule with { State = input.Description.Schedule.State }), rpc)
            .ConfigureAwait(false);
        LogUpdated(declaration.Id);
    }

    private async Task<bool> TryCreateAsync(DeclaredSchedule declaration, SchedulePlan plan, RpcOptions rpc)
    {
        try
        {
            await client.CreateScheduleAsync(declaration.Id, plan.Schedule, new ScheduleOptions
            {
                Memo = new Dictionary<string, object> { [OwnerMemo] = _owner },
                TriggerImmediately = declaration.Options.TriggerWhenCreated,
                Rpc = rpc,
            }).ConfigureAwait(false);
            LogCreated(declaration.Id, _owner);
            return true;
        }
        catch (ScheduleAlreadyRunningException)
        {
            return false;
        }
    }

    private async Task RemoveUndeclaredAsync(HashSet<string> wanted, RpcOptions rpc)
    {
        var gone = new List<string>();
        await foreach (var entry in client.ListSchedulesAsync(new ScheduleListOptions { Rpc = rpc })
            .ConfigureAwait(false))
        {
            if (!wanted.Contains(entry.Id) && await OwnerOf(entry.Memo).ConfigureAwait(false) == _owner)
            {
                gone.Add(entry.Id);
            }
        }

        foreach (var id in gone)
        {
            try
            {
                await client.GetScheduleHandle(id).DeleteAsync(rpc).ConfigureAwait(false);
                LogRemoved(id);
            }
            catch (RpcException problem) when (problem.Code == RpcException.StatusCode.NotFound)
            {
                // Lists lag behind, and other instances remove too: what was wanted is so.
                LogRemoved(id);
            }
        }
    }

    private static async Task<ScheduleDescription?> DescribeAsync(ScheduleHandle handle, RpcOptions rpc)
    {
        try
        {
            return await handle.DescribeAsync(rpc).ConfigureAwait(false);
        }
        catch (RpcException problem) when (problem.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task ThrowIfForeignAsync(ScheduleDescription found)
    {
        var owner = await OwnerOf(found.Memo).ConfigureAwait(false);
        if (owner != _owner)
        {
            throw new WorkflowsConfigurationException(
                $"The schedule '{found.Id}' exists and {(owner is null ? "has no owner" : $"belongs to '{owner}'")}, "
                + $"not to '{_owner}', so it is left as it is: declare yours under another id, delete that one, or "
                + "set Workflows:Owner to its owner if it is yours.");
        }
    }

    private static async Task<string?> OwnerOf(
        IReadOnlyDictionary<string, Temporalio.Converters.IEncodedRawValue> memo) =>
        memo.TryGetValue(OwnerMemo, out var owner) ? await owner.ToValueAsync<string>().ConfigureAwait(false) : null;

    [LoggerMessage(1, LogLevel.Information, "Schedule {Schedule} created, owner {Owner}")]
    private partial void LogCreated(string schedule, string owner);

    [LoggerMessage(2, LogLevel.Information, "Schedule {Schedule} updated to what is declared")]
    private partial void LogUpdated(string schedule);

    [LoggerMessage(3, LogLevel.Debug, "Schedule {Schedule} is as declared")]
    private partial void LogUnchanged(string schedule);

    [LoggerMessage(4, LogLevel.Information, "Schedule {Schedule} removed: it is no longer declared")]
    private partial void LogRemoved(string schedule);
}
