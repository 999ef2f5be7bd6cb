using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Tests.Executions;

public sealed class RetryPoliciesTests
{
    private static readonly Instant Now = Scenario.Start;

    public static TheoryData<string?, Action<RetryPolicy>> Policies => new()
    {
        { null, _ => { } },
        { null, p => p.BackoffCoefficient = 1 },
        { null, p => p.NonRetryableErrorTypes.Add("TemporalTimeout:Heartbeat") },
        {
            "invalid InitialInterval set on retry policy: negative duration",
            p => p.InitialInterval = (-1).Seconds().ToProto()
        },
        { "BackoffCoefficient cannot be less than 1 on retry policy.", p => p.BackoffCoefficient = 0.99 },
        { "BackoffCoefficient cannot be less than 1 on retry policy.", p => p.BackoffCoefficient = double.NaN },
        {
            "invalid MaximumInterval set on retry policy: negative duration",
            p => p.MaximumInterval = (-1).Seconds().ToProto()
        },
        {
            "MaximumInterval cannot be less than InitialInterval on retry policy.",
            p => p.MaximumInterval = 999.Milliseconds().ToProto()
        },
        { "MaximumAttempts cannot be negative on retry policy.", p => p.MaximumAttempts = -1 },
        { "Invalid timeout type value: Nap.", p => p.NonRetryableErrorTypes.Add("TemporalTimeout:Nap") },
        {
            null,
            p =>
            {
                p.MaximumAttempts = 1;
                p.BackoffCoefficient = 0.1;
            }
        },
    };

    public static TheoryData<RetryState, Failure> Failures => new()
    {
        { RetryState.InProgress, new Failure { Message = "of no kind" } },
        { RetryState.InProgress, App(_ => { }) },
        { RetryState.NonRetryableFailure, App(info => info.NonRetryable = true) },
        { RetryState.NonRetryableFailure, App(info => info.Type = "Listed") },
        { RetryState.InProgress, new Failure { ServerFailureInfo = new ServerFailureInfo() } },
        {
            RetryState.NonRetryableFailure,
            new Failure { ServerFailureInfo = new ServerFailureInfo { NonRetryable = true } }
        },
        { RetryState.NonRetryableFailure, new Failure { CanceledFailureInfo = new CanceledFailureInfo() } },
        { RetryState.NonRetryableFailure, new Failure { TerminatedFailureInfo = new TerminatedFailureInfo() } },
        { RetryState.InProgress, ActivityFailures.OfTimeout(TimeoutType.StartToClose, "late") },
        { RetryState.NonRetryableFailure, ActivityFailures.OfTimeout(TimeoutType.Heartbeat, "listed") },
        { RetryState.NonRetryableFailure, ActivityFailures.OfTimeout(TimeoutType.ScheduleToStart, "late") },
        { RetryState.NonRetryableFailure, ActivityFailures.OfTimeout(TimeoutType.ScheduleToClose, "late") },
    };

    [Theory]
    [MemberData(nameof(Policies), DisableDiscoveryEnumeration = true)]
    public void Validate_WhenAFieldIsChanged_AnswersItsText(string? expected, Action<RetryPolicy> change)
    {
        var policy = RetryPolicies.WithDefaults(null);
        change(policy);

        Assert.Equal(expected, RetryPolicies.Validate(policy));
    }

    [Fact]
    public void WithDefaults_WhenOnlyTheInitialIntervalIsGiven_DerivesTheMaximum()
    {
        var policy = RetryPolicies.WithDefaults(new RetryPolicy { InitialInterval = 3.Seconds().ToProto() });

        Assert.Equal(300.Seconds().ToProto(), policy.MaximumInterval);
        Assert.Equal(2, policy.BackoffCoefficient);
        Assert.Equal(0, policy.MaximumAttempts);
    }

    [Fact]
    public void WithDefaults_LeavesTheGivenPolicyAsItIs()
    {
        var given = new RetryPolicy();

        RetryPolicies.WithDefaults(given);

        Assert.Equal(new RetryPolicy(), given);
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void NextRetry_DependsOnTheKindOfFailure(RetryState expected, Failure failure)
    {
        var policy = Policy(p => p.NonRetryableErrorTypes.AddRange(["Listed", "TemporalTimeout:Heartbeat"]));

        Assert.Equal(expected, RetryPolicies.NextRetry(policy, 1, failure, Now, null, true).State);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(7, 64)]
    [InlineData(8, 100)]
    [InlineData(2_000_000_000, 100)]
    public void NextRetry_WaitsExponentiallyUpToTheMaximum(int attempt, int seconds) => Assert.Equal(
        new RetryDecision(RetryState.InProgress, seconds.Seconds()),
        RetryPolicies.NextRetry(Policy(), attempt, null, Now, null, true));

    [Theory]
    [InlineData(true, 500)]
    [InlineData(false, 100)]
    public void NextRetry_WhenTheFailureNamesADelay_TakesIt(bool ignoresMaximum, int seconds) => Assert.Equal(
        seconds.Seconds(),
        RetryPolicies.NextRetry(
            Policy(), 1, App(info => info.NextRetryDelay = 500.Seconds().ToProto()), Now, null, ignoresMaximum).Delay);

    [Fact]
    public void NextRetry_WhenTheNamedDelayIsZero_GivesUp() => Assert.Equal(
        RetryDecision.GiveUp(RetryState.Timeout),
        RetryPolicies.NextRetry(Policy(), 1, App(info => info.NextRetryDelay = new Duration()), Now, null, true));

    [Theory]
    [InlineData(1000, RetryState.InProgress)]
    [InlineData(999, RetryState.Timeout)]
    public void NextRetry_WhenItWouldBeginTooLate_GivesUp(int millisecondsLeft, RetryState expected) => Assert.Equal(
        expected,
        RetryPolicies.NextRetry(Policy(), 1, null, Now, Now + millisecondsLeft.Milliseconds(), true).State);

    [Theory]
    [InlineData(2, RetryState.InProgress)]
    [InlineData(3, RetryState.MaximumAttemptsReached)]
    [InlineData(4, RetryState.MaximumAttemptsReached)]
    public void NextRetry_WhenAttemptsAreUsedUp_GivesUp(int attempt, RetryState expected) => Assert.Equal(
        expected,
        RetryPolicies.NextRetry(Policy(p => p.MaximumAttempts = 3), attempt, null, Now, null, true).State);

    [Fact]
    public void NextRetry_WhenThereIsNoPolicy_SaysSo() => Assert.Equal(
        RetryDecision.GiveUp(RetryState.RetryPolicyNotSet),
        RetryPolicies.NextRetry(null, 1, null, Now, null, true));

    private static RetryPolicy Policy(Action<RetryPolicy>? change = null)
    {
        var policy = RetryPolicies.WithDefaults(null);
        change?.Invoke(policy);
        return policy;
    }

    private static Failure App(Action<ApplicationFailureInfo> change)
    {
        var info = new ApplicationFailureInfo { Type = "Error" };
        change(info);
        return new Failure { Message = "boom", ApplicationFailureInfo = info };
    }
}
