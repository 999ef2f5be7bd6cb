namespace AugmentedOS.Cli.Engine;

/// <summary>How log records are written.</summary>
internal enum LogFormat
{
    /// <summary>Lines for people, on standard error.</summary>
    Pretty,

    /// <summary>One JSON object a line, on standard output.</summary>
    Json,
}
