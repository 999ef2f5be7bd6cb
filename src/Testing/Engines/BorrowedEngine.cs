using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;
using Temporalio.Testing;

namespace AugmentedOS.Testing.Engines;

/// <summary>An environment that was there before the test.</summary>
internal sealed class BorrowedEngine(WorkflowEnvironment environment) : TestEngine
{
    internal override Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client)
    {
        var options = (TemporalClientOptions)environment.Client.Options.Clone();
        options.Interceptors = [.. client.Interceptors ?? [], .. options.Interceptors ?? []];
        return Task.FromResult<IRunningEngine>(new Running(
            environment, new TemporalClient(environment.Client.Connection, options), isOwn: false));
    }

    /// <summary>An environment whose own skipping is held off: one owner of time is enough.</summary>
    internal sealed class Running : IRunningEngine
    {
        private readonly WorkflowEnvironment _environment;
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _heldOff;

        public Running(EngineEnvironment environment)
            : this(environment, environment.Client, isOwn: true)
        {
        }

        public Running(WorkflowEnvironment environment, ITemporalClient client, bool isOwn)
        {
            _environment = environment;
            Client = client;
            IsOwn = isOwn;
            _heldOff = environment.WithAutoTimeSkippingDisabledAsync(() => _over.Task);
        }

        public ITemporalClient Client { get; }

        public bool SkipsTime => _environment.SupportsTimeSkipping;

        public bool IsOwn { get; }

        public Task CrashAsync() => throw new WorkflowTestException(IsOwn
            ? "An engine in memory cannot come back: nothing would be left of it. Give the test one with a file, "
                + "new WorkflowTestOptions { Engine = TestEngine.InFile() }."
            : "This engine was there before the test, which cannot take it away. Give the test one of its own with a "
                + "file, new WorkflowTestOptions { Engine = TestEngine.InFile() }.");

        public async ValueTask DisposeAsync()
        {
            _over.TrySetResult();
            await _heldOff.ConfigureAwait(false);
            if (IsOwn)
            {
                await _environment.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
