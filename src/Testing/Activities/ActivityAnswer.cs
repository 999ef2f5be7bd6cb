namespace AugmentedOS.Testing.Activities;

/// <summary>What an activity does for some calls, or for all that come.</summary>
/// <param name="Said">In a fake's own words.</param>
/// <param name="Times">For how many calls; null: for good.</param>
internal sealed record ActivityAnswer(string Said, int? Times, Func<AnsweredCall, Task<object?>> DoAsync)
{
    public override string ToString() => Times is { } times ? $"{Said} {times} times" : Said;
}

/// <summary>A call with what an answer may need.</summary>
/// <param name="Real">The registered activity; null when there is none.</param>
internal sealed record AnsweredCall(ActivityCall Call, Attempt Attempt, Func<Task<object?>>? Real);
