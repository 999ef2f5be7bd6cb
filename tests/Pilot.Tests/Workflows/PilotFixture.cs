using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Run;
using AugmentedOS.Pilot.Tests.Receipts;
using AugmentedOS.Pilot.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Temporalio.Client;

namespace AugmentedOS.Pilot.Tests.Workflows;

/// <summary>The pilot's worker and services on an engine in memory, shared by the tests of one class.</summary>
public sealed class PilotFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IHost? _pilot;

    internal ExpenseDesk Desk => Get<ExpenseDesk>();

    internal BudgetService Budget => Get<BudgetService>();

    internal LedgerService Ledger => Get<LedgerService>();

    internal ITemporalClient Client => Get<ITemporalClient>();

    internal PilotOptions Options { get; private set; } = null!;

    internal string Folder => _folder.Path;

    internal string Address => Client.Connection.Options.TargetHost!;

    public async ValueTask InitializeAsync()
    {
        Options = new PilotOptions
        {
            Inbox = _folder.Path,
            Data = _folder.Path,
            Approver = ApproverKind.None,
            Pace = Pace.ForScript,
            PolicyFile = PolicyWithAnUnreliableLedger(),
        };
        _pilot = await PilotHost.StartAsync(Options, AnsiConsole.Console, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_pilot is not null)
        {
            await _pilot.EndAsync();
        }

        _folder.Dispose();
    }

    private T Get<T>()
        where T : notnull => _pilot!.Services.GetRequiredService<T>();

    /// <summary>Every posting finds the ledger busy at first, and every second one loses its answer.</summary>
    private string PolicyWithAnUnreliableLedger()
    {
        var path = _folder.File("policy.json");
        var policy = File.ReadAllText(Sample.RepositoryFile("policy.json"))
            .Replace("\"busyForOneIn\": 9, \"busyAttempts\": 2", "\"busyForOneIn\": 1, \"busyAttempts\": 1")
            .Replace("\"answerLostForOneIn\": 13", "\"answerLostForOneIn\": 2");
        File.WriteAllText(path, policy);
        return path;
    }
}
