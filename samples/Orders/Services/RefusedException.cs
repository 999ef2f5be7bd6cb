namespace AugmentedOS.Samples.Orders.Services;

/// <summary>A service says no, and would say so again.</summary>
internal sealed class RefusedException(string code) : Exception($"refused: {code}")
{
    public string Code { get; } = code;
}
