using Temporalio.Client;

namespace AugmentedOS.Testing.Engines;

/// <summary>The engine of one test. Disposing ends what the test started.</summary>
internal interface IRunningEngine : IAsyncDisposable
{
    /// <summary>Connected, with the test's interceptors.</summary>
    ITemporalClient Client { get; }

    /// <summary>Whether the engine serves Temporal's test service, through which time is skipped.</summary>
    bool SkipsTime { get; }

    /// <summary>Whether only this test uses it: then ids may be short.</summary>
    bool IsOwn { get; }

    /// <summary>Takes the engine away and opens it again, on the same address and the same file.</summary>
    /// <exception cref="WorkflowTestException">Nothing would be left of this one.</exception>
    Task CrashAsync();
}
