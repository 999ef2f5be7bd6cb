namespace AugmentedOS.Engine.Access.Tokens;

/// <summary>Where key sets are.</summary>
internal interface IKeySource
{
    /// <summary>The key set's JSON (RFC 7517).</summary>
    /// <exception cref="IOException">It cannot be had now.</exception>
    Task<string> ReadAsync(Uri uri, CancellationToken cancelled);
}
