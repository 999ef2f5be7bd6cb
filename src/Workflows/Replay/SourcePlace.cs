namespace AugmentedOS.Workflows.Replay;

/// <summary>A place in workflow code.</summary>
/// <param name="Method">The method, with its class.</param>
/// <param name="File">The source file; null when the build has no symbols, or the place is a whole method.</param>
/// <param name="Line">The line, from 1; null when the file is.</param>
public sealed record SourcePlace(string Method, string? File, int? Line)
{
    /// <inheritdoc/>
    public override string ToString() => File is null ? Method : $"{File}:{Line} ({Method})";
}
