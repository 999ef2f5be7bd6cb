using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Adds workers, and whatever goes with them, to an application that has workflows.</summary>
public sealed class WorkflowsBuilder
{
    internal WorkflowsBuilder(IServiceCollection services, ConnectionSettings settings)
    {
        Services = services;
        Settings = settings;
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The profile that came of configuration.</summary>
    public WorkflowsProfile Profile => Settings.Profile;

    internal ConnectionSettings Settings { get; }

    /// <summary>Runs a worker in this application. What is returned is the official builder: <c>AddWorkflow</c>,
    /// <c>AddScopedActivities</c> and the others of <c>Temporalio.Extensions.Hosting</c> continue it.</summary>
    /// <param name="taskQueue">The queue; one worker for each queue and version.</param>
    /// <param name="deployment">The worker's version, if it has one.</param>
    /// <exception cref="WorkflowsConfigurationException">The queue has a worker already, or no name.</exception>
    public ITemporalWorkerServiceOptionsBuilder AddWorker(string taskQueue, WorkerDeploymentOptions? deployment = null)
    {
        if (string.IsNullOrWhiteSpace(taskQueue))
        {
            throw new WorkflowsConfigurationException(
                "AddWorker has no task queue: give the name that workflows are started on.");
        }

        var version = deployment?.Version?.ToCanonicalString();
        if (Declared<DeclaredWorker>().Any(worker => worker.TaskQueue == taskQueue && worker.Version == version))
        {
            throw new WorkflowsConfigurationException(
                $"The task queue '{taskQueue}' has two workers{(version is null ? "" : $" of version {version}")} in "
                + "this application: keep what the first AddWorker returned and add the workflows and activities of "
                + "both to it.");
        }

        var worker = new TemporalWorkerServiceOptionsBuilder(taskQueue, deployment, Services);
        var options = worker.ConfigureOptions();
        options.Configure(settings =>
        {
            settings.TaskQueue = taskQueue;
            settings.DeploymentOptions = deployment;
        });
        var declared = new DeclaredWorker(taskQueue, version, options.Name);
        Services.AddSingleton(declared);
        Services.AddSingleton<IHostedService>(
            provider => ActivatorUtilities.CreateInstance<HostedWorker>(provider, declared));
        return worker;
    }

    /// <summary>Changes the client's options after configuration has set them: interceptors, the data converter,
    /// metadata.
    /// </summary>
    public WorkflowsBuilder ConfigureClient(Action<TemporalClientConnectOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>Changes the embedded engine's options after configuration has set them; nothing with another profile.
    /// </summary>
    public WorkflowsBuilder ConfigureEngine(Action<WorkflowEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>What was declared so far; declarations are instances.</summary>
    internal IEnumerable<T> Declared<T>()
        where T : class =>
        Services.Where(service => !service.IsKeyedService)
            .Select(service => service.ImplementationInstance).OfType<T>();
}
