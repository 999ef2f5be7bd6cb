namespace AugmentedOS.Engine.Audit;

/// <summary>Records in a file, a JSON object a line. A file that has grown to its size becomes <c>.1</c>, that one
/// <c>.2</c>, and so on; the oldest is deleted.</summary>
/// <param name="maxBytes">When a file is full.</param>
/// <param name="kept">How many full ones are kept.</param>
internal sealed class AuditFile(string path, long maxBytes, int kept) : IAuditSink, IDisposable
{
    private FileStream? _file;

    public void Write(IReadOnlyList<AuditRecord> records)
    {
        var lines = AuditJson.Lines(records);
        try
        {
            var file = Open(lines.Length);
            Append(file, lines);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException(denied.Message, denied);
        }
    }

    public void Dispose() => Close();

    /// <summary>Whole lines or none: what a full disk cut off is taken back.</summary>
    private void Append(FileStream file, byte[] lines)
    {
        var before = file.Length;
        try
        {
            file.Write(lines);
            file.Flush();
        }
        catch (IOException)
        {
            file.SetLength(before);
            Close();
            throw;
        }
    }

    private FileStream Open(int more)
    {
        _file ??= new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        if (_file.Length == 0 || _file.Length + more <= maxBytes)
        {
            return _file;
        }

        Close();
        Rotate();
        return _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
    }

    private void Rotate()
    {
        File.Delete($"{path}.{kept}");
        for (var n = kept - 1; n >= 1; n--)
        {
            if (File.Exists($"{path}.{n}"))
            {
                File.Move($"{path}.{n}", $"{path}.{n + 1}");
            }
        }

        if (kept > 0)
        {
            File.Move(path, $"{path}.1");
        }
        else
        {
            File.Delete(path);
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
