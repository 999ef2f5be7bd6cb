using AugmentedOS.Engine.Executions.Starting;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>Whether a request carries links that can be kept.</summary>
internal static class LinkCheck
{
    public static Rejection? Check(IEnumerable<Link> links) =>
        LinkRules.Problem(links) is { } problem ? Rejection.InvalidArgument(problem) : null;
}
