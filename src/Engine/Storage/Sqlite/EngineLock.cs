using System.Globalization;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Keeps a database file to one engine.</summary>
/// <remarks>
/// The lock is the operating system's on an empty <c>.lock</c> file. It ends with the process, however that ends: what
/// SIGKILL leaves behind blocks nobody. Who has it stands in a second file, because a locked one cannot be read
/// everywhere. The lock file is never deleted: whoever deletes one that another just opened lets two in.
/// </remarks>
internal sealed class EngineLock : IDisposable
{
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);
    private readonly FileStream _held;
    private readonly string _ownerPath;

    private EngineLock(FileStream held, string ownerPath)
    {
        _held = held;
        _ownerPath = ownerPath;
    }

    /// <exception cref="EngineStorageException">Another engine has the file, or the directory cannot be
    /// written.</exception>
    public static EngineLock Take(string databasePath, TimeProvider time)
    {
        var (lockPath, ownerPath) = (databasePath + ".lock", databasePath + ".owner");
        FileStream? held = null;
        try
        {
            held = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(ownerPath, DescribeThisProcess(time));
            return new EngineLock(held, ownerPath);
        }
        catch (IOException e) when (held is null && IsSharingViolation(e))
        {
            throw OpenFailure.Taken(databasePath, ReadOwner(ownerPath), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw OpenFailure.NotWritable(databasePath, e);
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_ownerPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody took the directory away: then nobody will read who had the file.
        }

        _held.Dispose();
    }

    private static string DescribeThisProcess(TimeProvider time)
    {
        var program = Path.GetFileName(Environment.ProcessPath) ?? "unknown program";
        var since = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return $"process {Environment.ProcessId} ({program}) since {since}";
    }

    private static bool IsSharingViolation(IOException e) =>
        e.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows;

    private static string ReadOwner(string ownerPath)
    {
        try
        {
            return File.ReadAllText(ownerPath) is { Length: > 0 } owner ? owner : "another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
