using AugmentedOS.Engine.Executions;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;

namespace AugmentedOS.Engine.Api.Activities;

/// <summary>Whether a change of activities' options says what it wants.</summary>
internal static class ActivityOptionsCheck
{
    /// <summary>What is wrong, word for word; null when nothing is.</summary>
    public static string? Problem(ActivityOptions? options, FieldMask? mask, bool restoresOriginal)
    {
        if (PriorityRules.Validate(options?.Priority) is { } problem)
        {
            return problem;
        }

        if (restoresOriginal)
        {
            return mask is { Paths.Count: > 0 } ? "Both UpdateMask and RestoreOriginal are provided" : null;
        }

        if (options is null)
        {
            return "ActivityOptions are not provided";
        }

        return mask is null ? "UpdateMask is not provided" : null;
    }
}
