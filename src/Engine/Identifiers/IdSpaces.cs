namespace AugmentedOS.Engine;

/// <summary>Ids of executions that are no workflows, in spaces of their own beside the workflows of a namespace.</summary>
/// <remarks>A space has the id of its namespace with a mark, so that runs in it are kept, found and listed by the same
/// code as workflows, and no request that names a namespace reaches them by accident.</remarks>
internal static class IdSpaces
{
    private static readonly Guid NexusOperationMark = new("00000000-0000-0000-4e65-7875734f7073");

    private static readonly Guid ActivityMark = new("00000000-0000-0000-4163-746976697479");

    /// <summary>Nexus operations that no workflow called.</summary>
    public static NamespaceId NexusOperationsOf(NamespaceId ns) => Marked(ns, NexusOperationMark);

    /// <summary>Activities that no workflow scheduled.</summary>
    public static NamespaceId ActivitiesOf(NamespaceId ns) => Marked(ns, ActivityMark);

    /// <summary>The namespace whose activities are in a space: marking twice takes the mark away.</summary>
    public static NamespaceId NamespaceOfActivities(NamespaceId space) => Marked(space, ActivityMark);

    /// <summary>All spaces of a namespace besides its workflows.</summary>
    public static IEnumerable<NamespaceId> Of(NamespaceId ns) => [NexusOperationsOf(ns), ActivitiesOf(ns)];

    private static NamespaceId Marked(NamespaceId ns, Guid mark)
    {
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> marks = stackalloc byte[16];
        ns.Value.TryWriteBytes(bytes);
        mark.TryWriteBytes(marks);
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= marks[index];
        }

        return new NamespaceId(new Guid(bytes));
    }
}
