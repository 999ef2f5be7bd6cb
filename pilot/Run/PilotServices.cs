using System.Text.Json;
using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Workflows;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Pilot.Run;

/// <summary>The services that the workflow works with, each with a file of its own in the data folder.</summary>
internal sealed class PilotServices : IDisposable
{
    private readonly CompanyRules _rules;
    private readonly RateTable _rates;

    private PilotServices(PilotOptions options, CompanyRules rules, RateTable rates)
    {
        _rules = rules;
        _rates = rates;
        Desk = new ExpenseDesk(Path.Combine(options.Data, "desk.db"));
        Budget = new BudgetService(Path.Combine(options.Data, "budget.db"), rules.CostCentres);
        Ledger = new LedgerService(Path.Combine(options.Data, "ledger.db"), rules.CostCentres);
    }

    public ExpenseDesk Desk { get; }

    public BudgetService Budget { get; }

    public LedgerService Ledger { get; }

    /// <exception cref="PilotFailedException">A file cannot be read or opened.</exception>
    public static PilotServices Open(PilotOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Data);
            return new PilotServices(options, CompanyRules.Load(options.PolicyFile), RateTable.Load(options.RatesFile));
        }
        catch (JsonException problem)
        {
            throw new PilotFailedException($"The policy {options.PolicyFile} is not valid: {problem.Message}", problem);
        }
        catch (FormatException problem)
        {
            throw new PilotFailedException($"The rates {options.RatesFile} are not valid: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new PilotFailedException($"The folder {options.Data} cannot be used: {problem.Message}", problem);
        }
    }

    public TemporalWorker Worker(ITemporalClient client, PilotOptions options)
    {
        var workerOptions = new TemporalWorkerOptions(options.TaskQueue)
        {
            // Tasks for a worker that was killed go to another one after this time.
            StickyQueueScheduleToStartTimeout = TimeSpan.FromSeconds(2),

            // The steps block a thread each, and the engine in this process lives on the same threads.
            MaxConcurrentActivities = 16,
        };
        workerOptions
            .AddWorkflow<ReceiptReview>()
            .AddWorkflow<ReceiptClaim>()
            .AddWorkflow<Approval>()
            .AddAllActivities(new IntakeActivities(new ReceiptExtractor(TimeProvider.System), Desk))
            .AddAllActivities(new CheckActivities(Desk, new PolicyCheck(_rules), _rates))
            .AddAllActivities(new BookingActivities(Budget, new LedgerConnection(Ledger, _rules.LedgerFaults)))
            .AddAllActivities(new DeskActivities(Desk));
        return new TemporalWorker(client, workerOptions);
    }

    public void Dispose()
    {
        Desk.Dispose();
        Budget.Dispose();
        Ledger.Dispose();
    }
}
