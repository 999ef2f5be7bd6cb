namespace AugmentedOS.Pilot.Ledger;

/// <summary>The ledger's answer: the posting's number, or why it will never take it.</summary>
internal sealed record PostingAnswer(long? Number, string? Refusal)
{
    public static PostingAnswer Posted(long number) => new(number, null);

    public static PostingAnswer Refused(string why) => new(null, why);
}
