namespace AugmentedOS.Engine.Audit;

/// <summary>Where audit records go. Called by one thread at a time, in the order of the calls' ends.</summary>
internal interface IAuditSink
{
    /// <exception cref="IOException">They cannot be kept now; they will be handed over again.</exception>
    void Write(IReadOnlyList<AuditRecord> records);
}
