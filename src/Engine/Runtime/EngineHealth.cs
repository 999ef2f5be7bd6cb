namespace AugmentedOS.Engine.Runtime;

/// <summary>Whether the engine can do its work, and if not why. Thread-safe.</summary>
internal sealed class EngineHealth
{
    private volatile string? _storageFailure;
    private volatile string? _auditFailure;
    private volatile string? _brokenInvariant;

    /// <summary>Raised when the answer changes.</summary>
    public event Action? Changed;

    /// <summary>Why the engine cannot work; null when it can.</summary>
    public string? Problem => _brokenInvariant ?? _storageFailure ?? _auditFailure;

    public bool IsHealthy => Problem is null;

    public void StorageWorks()
    {
        if (_storageFailure is not null)
        {
            _storageFailure = null;
            Changed?.Invoke();
        }
    }

    public void StorageFails(string reason)
    {
        _storageFailure = reason;
        Changed?.Invoke();
    }

    public void AuditWorks()
    {
        if (_auditFailure is not null)
        {
            _auditFailure = null;
            Changed?.Invoke();
        }
    }

    /// <summary>Work goes on, unrecorded before long: somebody must look.</summary>
    public void AuditFails(string reason)
    {
        _auditFailure = reason;
        Changed?.Invoke();
    }

    /// <summary>A bug of ours: what it concerns stays stopped until somebody has looked.</summary>
    public void InvariantBroken(string what)
    {
        _brokenInvariant = what;
        Changed?.Invoke();
    }
}
