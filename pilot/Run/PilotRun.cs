using System.Diagnostics;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Progress;
using AugmentedOS.Pilot.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Run;

/// <summary>One run of the pilot: the application starts, takes the inbox, shows progress and sums up.</summary>
internal sealed class PilotRun(PilotOptions options, IAnsiConsole console, ProgressStyle style)
{
    /// <exception cref="PilotFailedException">It cannot start or go on; the message says why.</exception>
    public async Task<Summary> RunAsync(CancellationToken cancelled)
    {
        if (!Directory.Exists(options.Inbox))
        {
            throw new PilotFailedException($"There is no inbox {options.Inbox}. Name the folder: --inbox DIR");
        }

        var host = await PilotHost.StartAsync(options, console, cancelled);
        try
        {
            return await ProcessAsync(host.Services, cancelled);
        }
        catch (RpcException stopped) when (cancelled.IsCancellationRequested)
        {
            throw new OperationCanceledException("It was told to stop.", stopped, cancelled);
        }
        catch (RpcException failure)
        {
            throw new PilotFailedException($"The workflow server answered {failure.Code}: {failure.Message}", failure);
        }
        finally
        {
            await host.EndAsync();
        }
    }

    private async Task<Summary> ProcessAsync(IServiceProvider services, CancellationToken cancelled)
    {
        var (desk, reception) = (services.GetRequiredService<ExpenseDesk>(), services.GetRequiredService<Reception>());
        var address = services.GetRequiredService<ITemporalClient>().Connection.Options.TargetHost;
        var server = services.GetService<IWorkflowEngine>() is null
            ? $"server at {address}"
            : $"engine in this process, {address}";
        console.WriteLine($"Expense receipts: {server}; inbox {options.Inbox}; data {options.Data}");

        var clock = Stopwatch.StartNew();
        var settledBefore = Standing.SettledIn(desk.Counts());
        var resumed = await reception.ResumeAsync(cancelled);
        if (resumed > 0)
        {
            console.WriteLine($"Resuming {resumed} files that an earlier run left unfinished.");
        }

        if (await reception.RetryAsync(cancelled) is > 0 and var retried)
        {
            console.WriteLine($"Retrying {retried} reviews that had failed for good.");
        }

        Standing Now() => new(reception.Received, reception.Done, desk.Counts(), clock.Elapsed, settledBefore);

        var processing = FirstFailureOrAll(TakeInboxAsync(reception, cancelled), Carriers(services));
        await new ProgressView(console, style, TimeProvider.System).ShowAsync(Now, processing);

        // Ctrl-C is how watching ends; anywhere else it breaks the run off.
        await (options.Watch ? IgnoreCancellationAsync(processing) : processing);
        var summary = Report(desk.Claims(), services.GetRequiredService<LedgerService>(), Now(), resumed);
        if (!options.Watch)
        {
            RequireNoFailures(await reception.ExplainFailuresAsync(cancelled), summary.Open);
        }

        return summary;
    }

    private async Task TakeInboxAsync(Reception reception, CancellationToken cancelled)
    {
        var inbox = new InboxFolder(options.Inbox, options.Pace);
        if (options.Watch)
        {
            console.WriteLine($"Watching {options.Inbox}; Ctrl-C ends it.");
            await new InboxWatch(inbox, reception, TimeProvider.System).WatchAsync(cancelled);
        }

        await reception.HandInAsync(inbox.Files().Select(inbox.Receive), cancelled);
        if (reception.DoneBefore > 0)
        {
            console.WriteLine($"{reception.DoneBefore} files were dealt with in an earlier run; their outcome stands.");
        }

        await reception.WaitAsync();
    }

    private static void RequireNoFailures(IReadOnlyList<string> failures, int open)
    {
        if (failures.Count > 0 || open > 0)
        {
            throw new PilotFailedException(
                $"{failures.Count} workflows failed for good and wait in the parking lot; {open} receipts are not settled. "
                + "Mend what is named here and type the same command again, which retries them."
                + $"\n\n{string.Join('\n', failures)}");
        }
    }

    private Summary Report(IReadOnlyList<ClaimRecord> claims, LedgerService ledger, Standing end, int resumed)
    {
        var summary = Summary.Of(claims, ledger, resumed, end);
        summary.WriteTo(options.SummaryFile);
        new SummaryView(console).Show(summary, claims, options.SummaryFile);
        return summary;
    }

    /// <summary>The worker and the clerk.</summary>
    private static IEnumerable<Task> Carriers(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(carrier => carrier.ExecuteTask).OfType<Task>();

    /// <summary>Completes with the work, or at once when one of those that carry it breaks down.</summary>
    private static async Task FirstFailureOrAll(Task work, params IEnumerable<Task> carriers)
    {
        var first = await Task.WhenAny([work, .. carriers]);
        await first;
        await work;
    }

    private static async Task IgnoreCancellationAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
        catch (RpcException stopped) when (stopped.Code is RpcException.StatusCode.Cancelled)
        {
            // It was told to stop in the middle of a call.
        }
    }
}
