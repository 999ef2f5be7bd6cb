using Temporalio.Api.TestService.V1;

namespace AugmentedOS.Engine.Api.TimeSkipping;

/// <summary>What the test service's RPCs have in common.</summary>
internal static class ClockAnswers
{
    public static readonly Rejection Unbalanced = Rejection.FailedPrecondition("Unbalanced lock and unlock calls");

    public static Rejection? Check(SleepRequest request) => request.Duration.Problem() is { } problem
        ? Rejection.InvalidArgument($"Invalid sleep duration: {problem}")
        : null;
}
