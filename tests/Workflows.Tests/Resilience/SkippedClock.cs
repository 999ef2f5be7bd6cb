using AugmentedOS.Engine.Hosting.Environments;

namespace AugmentedOS.Workflows.Tests.Resilience;

/// <summary>The time of an engine that skips it, so that a break passes with the workflow's time.</summary>
internal sealed class SkippedClock(EngineEnvironment env) : TimeProvider
{
    // The environment's answer is there at once.
    public override DateTimeOffset GetUtcNow() =>
        new(env.GetCurrentTimeAsync().GetAwaiter().GetResult(), TimeSpan.Zero);
}
