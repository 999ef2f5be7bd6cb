namespace AugmentedOS.Engine.Entities;

/// <summary>One entity, fully named.</summary>
/// <param name="Namespace"><see cref="NoNamespace"/> for what belongs to the whole engine.</param>
internal readonly record struct EntityKey(EntityKind Kind, NamespaceId Namespace, string Id)
{
    /// <summary>The namespace of entities that are in none.</summary>
    public static NamespaceId NoNamespace => default;

    public override string ToString() => $"{Kind} {Id} of {Namespace}";
}
