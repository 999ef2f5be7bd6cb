namespace AugmentedOS.Engine.Storage;

/// <summary>One thing to make durable.</summary>
internal interface IJournalWrite
{
    void WriteTo(IJournalTransaction transaction);
}
