using System.Text.Json;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Pilot.Workflows.Earlier;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Health;
using AugmentedOS.Workflows.Hosting;
using AugmentedOS.Workflows.Resilience;
using AugmentedOS.Workflows.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Temporalio.Extensions.Hosting;
using Temporalio.Runtime;

namespace AugmentedOS.Pilot.Run;

/// <summary>The application: services with a file each, a worker, an approver. Where its workflows run is a
/// setting.</summary>
internal static class PilotHost
{
    /// <summary>The SDK's warnings, say of a step that was repeated, would tear the progress display apart.</summary>
    private static readonly Lazy<TemporalRuntime> QuietRuntime = new(() => new TemporalRuntime(new()
    {
        Telemetry = new() { Logging = new() { Filter = new(TelemetryFilterOptions.Level.Error) } },
    }));

    /// <summary>Puts it together. No file is opened yet.</summary>
    /// <exception cref="WorkflowsConfigurationException">The settings cannot work.</exception>
    public static IHost Build(PilotOptions options, IAnsiConsole console)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddEnvironmentVariables().AddInMemoryCollection(options.Settings);
        AddServices(builder.Services.AddSingleton(options), options);
        AddWorkflows(builder, options.TaskQueue);
        if (options.Approver is not ApproverKind.None)
        {
            builder.Services.AddHostedService<ApprovalClerk>().AddSingleton<IApprover>(
                options.Approver is ApproverKind.Ask ? new TerminalApprover(console) : new ScriptedApprover());
        }

        return builder.Build();
    }

    /// <summary>Opens all files, starts, and makes sure that there is a server.</summary>
    /// <exception cref="PilotFailedException">Something is wrong with a file, a setting or the server.</exception>
    public static async Task<IHost> StartAsync(PilotOptions options, IAnsiConsole console, CancellationToken cancelled)
    {
        IHost? host = null;
        try
        {
            Directory.CreateDirectory(options.Data);
            host = Build(options, console);
            _ = host.Services.GetRequiredService<CheckActivities>();
            _ = host.Services.GetRequiredService<BookingActivities>();
            await host.StartAsync(cancelled);
            await RequireServerAsync(host.Services.GetRequiredService<HealthCheckService>(), cancelled);
            return host;
        }
        catch (Exception problem)
        {
            await (host?.EndAsync() ?? Task.CompletedTask);
            if (ExplanationOf(problem, options) is { } why)
            {
                throw new PilotFailedException(why, problem);
            }

            throw;
        }
    }

    public static async Task EndAsync(this IHost host)
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }

    private static async Task RequireServerAsync(HealthCheckService health, CancellationToken cancelled)
    {
        var report = await health.CheckHealthAsync(check => check.Name == WorkflowHealthChecks.Connection, cancelled);
        if (report.Status is HealthStatus.Unhealthy)
        {
            throw new PilotFailedException(report.Entries[WorkflowHealthChecks.Connection].Description!);
        }
    }

    private static string? ExplanationOf(Exception problem, PilotOptions options) => problem switch
    {
        EngineStartException or WorkflowsConfigurationException => problem.Message,
        JsonException => $"The policy {options.PolicyFile} is not valid: {problem.Message}",
        FormatException => $"The rates {options.RatesFile} are not valid: {problem.Message}",
        IOException or UnauthorizedAccessException => $"The folder {options.Data} cannot be used: {problem.Message}",
        _ => null,
    };

    private static void AddServices(IServiceCollection services, PilotOptions options) => services
        .AddSingleton(_ => CompanyRules.Load(options.PolicyFile))
        .AddSingleton(_ => RateTable.Load(options.RatesFile))
        .AddSingleton(given => given.GetRequiredService<CompanyRules>().LedgerFaults)
        .AddSingleton<PolicyCheck>()
        .AddSingleton<ReceiptExtractor>()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(_ => new ExpenseDesk(options.InData("desk.db")))
        .AddSingleton(given =>
            new BudgetService(options.InData("budget.db"), given.GetRequiredService<CompanyRules>().CostCentres))
        .AddSingleton(given =>
            new LedgerService(options.InData("ledger.db"), given.GetRequiredService<CompanyRules>().CostCentres))
        .AddSingleton<LedgerConnection>()
        .AddSingleton<Reception>();

    private static void AddWorkflows(HostApplicationBuilder builder, string taskQueue)
    {
        var workflows = builder.AddWorkflows().AddTracing()
            .ConfigureClient(client => client.Runtime = QuietRuntime.Value)
            .ConfigureEngine(engine => engine.Retention = TimeSpan.FromDays(30));
        builder.Services.AddHealthChecks().AddWorkflows(health => health.Timeout = TimeSpan.FromSeconds(30));

        // A ledger that answers one call in five is worth asking: no answer costs more than a repetition.
        builder.Services.AddDependencies(all => all.Add(LedgerConnection.Name, ledger =>
            (ledger.FailureRatio, ledger.MinimumCalls, ledger.Break) = (0.8, 20, TimeSpan.FromSeconds(5))));
        workflows.AddWorker(taskQueue)
            .AddWorkflow<ReceiptReview>()
            .AddWorkflow<ReceiptClaim>()
            .AddWorkflow<EarlierApproval>()
            .AddSingletonActivities<IntakeActivities>()
            .AddSingletonActivities<CheckActivities>()
            .AddSingletonActivities<BookingActivities>()
            .AddSingletonActivities<DeskActivities>()
            .UseErrorTranslation(errors => errors
                .Translate<LedgerUnavailableException>(e => Fail.DependencyDown(e.Message)))
            .UseDependencies()
            .ConfigureOptions(worker =>
            {
                // Tasks for a worker that was killed go to another one after this time.
                worker.StickyQueueScheduleToStartTimeout = TimeSpan.FromSeconds(2);

                // The steps block a thread each, and the engine in this process lives on the same threads.
                worker.MaxConcurrentActivities = 16;
            });
    }
}
