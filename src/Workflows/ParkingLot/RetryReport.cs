namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>How far a retry of many has come; the last one is the result.</summary>
/// <param name="Retried">Workflows that go on.</param>
/// <param name="Skipped">Workflows that needed nothing: retried already, not failed, gone.</param>
/// <param name="Refused">Workflows that could not be retried.</param>
/// <param name="Refusals">The first hundred of those, with reasons.</param>
public sealed record RetryReport(int Retried, int Skipped, int Refused, IReadOnlyList<RetryOutcome> Refusals)
{
    private const int RefusalsKept = 100;

    /// <summary>All that were looked at.</summary>
    public int Seen => Retried + Skipped + Refused;

    internal RetryReport With(RetryOutcome outcome) => outcome.Result switch
    {
        RetryResult.Retried => this with { Retried = Retried + 1 },
        RetryResult.Refused => this with
        {
            Refused = Refused + 1,
            Refusals = Refusals.Count < RefusalsKept ? [.. Refusals, outcome] : Refusals,
        },
        _ => this with { Skipped = Skipped + 1 },
    };
}
