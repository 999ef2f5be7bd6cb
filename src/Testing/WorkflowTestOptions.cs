using AugmentedOS.Testing.Engines;
using Temporalio.Client;

namespace AugmentedOS.Testing;

/// <summary>How a <see cref="WorkflowTest"/> runs. The defaults fit nearly every test.</summary>
public sealed record WorkflowTestOptions
{
    /// <summary>Which engine runs the test's workflows. Default: one of the test's own, in this process and in memory;
    /// see <see cref="TestEngine.Default"/>.</summary>
    public TestEngine Engine { get; init; } = TestEngine.Default;

    /// <summary>The client's options: namespace, data converter, interceptors. Where it connects is the test's
    /// business.
    /// </summary>
    public TemporalClientConnectOptions Client { get; init; } = new();

    /// <summary>Whether all runs that the worker had a part in are replayed when the test is over, so that code which
    /// is not deterministic fails the test. Default: yes.</summary>
    public bool Replays { get; init; } = true;

    /// <summary>Whether a failed workflow task is part of the test. Otherwise it fails the test: a workflow whose task
    /// fails, because its code threw something that is no failure of the workflow, is tried again for ever. Default:
    /// no.</summary>
    public bool ToleratesFailedTasks { get; init; }
}
