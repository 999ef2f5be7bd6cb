namespace AugmentedOS.Engine;

/// <summary>A namespace's unchanging id (its name can change when it is deleted).</summary>
internal readonly record struct NamespaceId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
