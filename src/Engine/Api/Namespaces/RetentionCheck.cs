using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>How long closed runs may be kept.</summary>
internal static class RetentionCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    public static Rejection? Check(Duration? retention) =>
        retention.Problem() is not null || retention.OrZero() < Shortest
            ? Rejection.InvalidArgument("A valid retention period is not set on request.")
            : null;
}
