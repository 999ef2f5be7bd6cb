using System.Diagnostics;
using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Progress;
using AugmentedOS.Pilot.Reporting;
using Spectre.Console;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Run;

/// <summary>One run of the pilot: engine, worker, inbox, approver, progress and summary, in that order.</summary>
internal sealed class PilotRun(PilotOptions options, IAnsiConsole console, ProgressStyle style)
{
    /// <exception cref="PilotFailedException">It cannot start or go on; the message says why.</exception>
    public async Task<Summary> RunAsync(CancellationToken cancelled)
    {
        if (!Directory.Exists(options.Inbox))
        {
            throw new PilotFailedException($"There is no inbox {options.Inbox}. Name the folder: --inbox DIR");
        }

        using var services = PilotServices.Open(options);
        await using var engine = await PilotEngine.StartAsync(options, cancelled);
        console.WriteLine($"Expense receipts: {engine.Description}; inbox {options.Inbox}; data {options.Data}");

        var client = await engine.ConnectAsync(options.Namespace);
        using var worker = services.Worker(client, options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var working = worker.ExecuteAsync(stop.Token);
        try
        {
            return await ProcessAsync(services, client, working, stop.Token);
        }
        catch (WorkflowFailedException failure)
        {
            throw new PilotFailedException($"A review failed: {(failure.InnerException ?? failure).Message}", failure);
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
            await stop.CancelAsync();
            await IgnoreCancellationAsync(working);
        }
    }

    private async Task<Summary> ProcessAsync(
        PilotServices services, TemporalClient client, Task working, CancellationToken cancelled)
    {
        var reception = new Reception(client, options);
        var clock = Stopwatch.StartNew();
        var settledBefore = Standing.SettledIn(services.Desk.Counts());
        var resumed = await reception.ResumeAsync(cancelled);
        if (resumed > 0)
        {
            console.WriteLine($"Resuming {resumed} files that an earlier run left unfinished.");
        }

        Standing Now() => new(reception.Received, reception.Done, services.Desk.Counts(), clock.Elapsed, settledBefore);

        using var clerkStop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var clerk = ClerkAsync(client, clerkStop.Token);
        var processing = FirstFailureOrAll(TakeInboxAsync(reception, cancelled), working, clerk);
        await new ProgressView(console, style, TimeProvider.System).ShowAsync(Now, processing);
        await clerkStop.CancelAsync();
        await IgnoreCancellationAsync(clerk);

        // Ctrl-C is how watching ends; anywhere else it breaks the run off.
        await (options.Watch ? IgnoreCancellationAsync(processing) : processing);
        return Report(services, Now(), resumed);
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

    private Task ClerkAsync(TemporalClient client, CancellationToken cancelled)
    {
        IApprover? approver = options.Approver switch
        {
            ApproverKind.Script => new ScriptedApprover(),
            ApproverKind.Ask => new TerminalApprover(console),
            _ => null,
        };
        return approver is null
            ? Task.Delay(Timeout.Infinite, cancelled)
            : new ApprovalClerk(client, approver, TimeProvider.System).WorkAsync(cancelled);
    }

    private Summary Report(PilotServices services, Standing end, int resumed)
    {
        var claims = services.Desk.Claims();
        var summary = Summary.Of(claims, services.Ledger, resumed, end);
        summary.WriteTo(options.SummaryFile);
        new SummaryView(console).Show(summary, claims, options.SummaryFile);
        return summary;
    }

    /// <summary>Completes with the work, or at once when one of those that carry it breaks down.</summary>
    private static async Task FirstFailureOrAll(Task work, params Task[] carriers)
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
