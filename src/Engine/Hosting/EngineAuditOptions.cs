namespace AugmentedOS.Engine.Hosting;

/// <summary>Records of every mutating call: who, what, where, when, and what came of it.</summary>
public sealed class EngineAuditOptions
{
    /// <summary>The file that gets them, a JSON object a line. Null writes none, which is the default.</summary>
    public string? File { get; set; }

    /// <summary>How large that file grows, in bytes, before it is set aside; at least 64 KiB. Default: 64 MiB.</summary>
    public long FileSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many files that were set aside are kept. Default: 10.</summary>
    public int FilesKept { get; set; } = 10;

    /// <summary>Whether they also go to the log, in the category <c>AugmentedOS.Engine.Audit</c>.</summary>
    public bool ToLog { get; set; }

    /// <summary>Whether records are made.</summary>
    internal bool IsOn => File is not null || ToLog;
}
