namespace AugmentedOS.Engine.Access.Tokens;

/// <summary>A token that was verified.</summary>
internal sealed record ValidToken(Principal Principal, DateTimeOffset Expires);
