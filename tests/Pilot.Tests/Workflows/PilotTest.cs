using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Run;
using AugmentedOS.Pilot.Tests.Receipts;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Testing;
using AugmentedOS.Testing.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Temporalio.Worker;

namespace AugmentedOS.Pilot.Tests.Workflows;

/// <summary>Tests of the pilot's own worker and services, with a ledger that is never well at first.</summary>
public abstract class PilotTest : WorkflowTestBase
{
    private readonly TemporaryFolder _folder = new();
    private readonly IHost _pilot;

    protected PilotTest()
    {
        Settings = new PilotOptions
        {
            Inbox = _folder.Path,
            Data = _folder.Path,
            Approver = ApproverKind.None,
            Pace = Pace.ForPeople,
            PolicyFile = PolicyWithAnUnreliableLedger(),
        };
        _pilot = PilotHost.Build(Settings, AnsiConsole.Console);
    }

    internal PilotOptions Settings { get; }

    internal ExpenseDesk Desk => _pilot.Services.GetRequiredService<ExpenseDesk>();

    internal BudgetService Budget => _pilot.Services.GetRequiredService<BudgetService>();

    internal LedgerService Ledger => _pilot.Services.GetRequiredService<LedgerService>();

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            _pilot.Dispose();
            _folder.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    protected override void AddTo(TemporalWorkerOptions worker) =>
        worker.AddWorkerOf(_pilot.Services, Settings.TaskQueue).TaskQueue = Settings.TaskQueue;

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
