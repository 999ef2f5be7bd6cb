namespace AugmentedOS.Compatibility;

/// <summary>What the page says of one thing of Temporal's API.</summary>
/// <param name="Standing">How much of it there is.</param>
/// <param name="Remark">What is missing, or why it is not offered; empty when complete.</param>
internal readonly record struct Verdict(Standing Standing, string Remark)
{
    public static Verdict Complete { get; } = new(Standing.Complete, "");

    public static Verdict Partial(string missing) => new(Standing.Partial, missing);

    public static Verdict NotOffered(string why) => new(Standing.NotOffered, why);

    public override string ToString() => Standing switch
    {
        Standing.Complete => "complete",
        Standing.Partial => $"partial: {Remark}",
        _ => $"not offered: {Remark}",
    };
}
