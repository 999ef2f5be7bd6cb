using AugmentedOS.Engine.Hosting;
using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Run;
using AugmentedOS.Pilot.Tests.Receipts;
using AugmentedOS.Pilot.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;

namespace AugmentedOS.Pilot.Tests.Workflows;

/// <summary>The pilot's worker and services on an engine in memory, shared by the tests of one class.</summary>
public sealed class PilotFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private IHost? _engine;
    private Task _working = Task.CompletedTask;

    internal PilotServices Services { get; private set; } = null!;

    internal ITemporalClient Client { get; private set; } = null!;

    internal PilotOptions Options { get; private set; } = null!;

    internal string Folder => _folder.Path;

    internal string Address { get; private set; } = null!;

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
        Services = PilotServices.Open(Options);
        _engine = await StartEngineAsync();
        Address = _engine.Services.GetRequiredService<IWorkflowEngine>().Address!;
        Client = await TemporalClient.ConnectAsync(new(Address));
        _working = WorkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        Services.Dispose();
        if (_engine is not null)
        {
            await _engine.StopAsync();
            _engine.Dispose();
        }

        _stop.Dispose();
        _folder.Dispose();
    }

    private static async Task<IHost> StartEngineAsync()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = 0;
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

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

    private async Task WorkAsync()
    {
        using var worker = Services.Worker(Client, Options);
        try
        {
            await worker.ExecuteAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The tests are over.
        }
    }
}
