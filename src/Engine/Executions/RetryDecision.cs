using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Whether something that failed is tried again.</summary>
/// <param name="State">What history says of it; <see cref="RetryState.InProgress"/> means that it is.</param>
/// <param name="Delay">How long the next attempt waits; zero when there is none.</param>
internal readonly record struct RetryDecision(RetryState State, TimeSpan Delay)
{
    public bool IsRetried => State == RetryState.InProgress;

    public static RetryDecision GiveUp(RetryState state) => new(state, TimeSpan.Zero);
}
