using System.Collections.Frozen;
using System.Text;

namespace AugmentedOS.Engine.Storage;

/// <summary>The pragmas that whoever runs the engine may set: they tune, and none takes the file away from the engine.
/// </summary>
internal static class DatabasePragmas
{
    private static readonly FrozenSet<string> Tunable = new[]
    {
        "auto_vacuum", "busy_timeout", "cache_size", "cache_spill", "cell_size_check", "fullfsync", "checkpoint_fullfsync",
        "journal_size_limit", "mmap_size", "secure_delete", "soft_heap_limit", "synchronous", "temp_store", "threads",
        "wal_autocheckpoint",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why the engine does not take it; null when it does.</summary>
    public static string? Problem(KeyValuePair<string, string> pragma)
    {
        var (name, value) = pragma;
        if (IsWal(pragma))
        {
            return null;
        }

        if (!Tunable.Contains(name))
        {
            return $"SqlitePragmas has {name}: the engine takes journal_mode=WAL and "
                + $"{string.Join(", ", Tunable.Order(StringComparer.Ordinal))}.";
        }

        return value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : $"SqlitePragmas gives {name} the value '{value}': give a number or a word.";
    }

    /// <summary>The statements that set them.</summary>
    public static string Script(IEnumerable<KeyValuePair<string, string>> pragmas)
    {
        var script = new StringBuilder();
        foreach (var pragma in pragmas.Where(pragma => !IsWal(pragma)))
        {
            script.Append("PRAGMA ").Append(pragma.Key).Append(" = ").Append(pragma.Value).Append(';');
        }

        return script.ToString();
    }

    /// <summary>The engine's file is in that mode anyway.</summary>
    private static bool IsWal(KeyValuePair<string, string> pragma) =>
        pragma.Key.Equals("journal_mode", StringComparison.OrdinalIgnoreCase)
        && pragma.Value.Equals("wal", StringComparison.OrdinalIgnoreCase);
}
