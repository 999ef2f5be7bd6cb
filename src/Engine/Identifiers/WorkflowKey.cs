namespace AugmentedOS.Engine;

/// <summary>A workflow id within its namespace. All runs of one key live on one shard.</summary>
internal readonly record struct WorkflowKey(NamespaceId Namespace, string WorkflowId)
{
    /// <summary>A hash that is the same in every process (string.GetHashCode is not): shards depend on it.</summary>
    public uint StableHash()
    {
        var hash = 2166136261u;
        foreach (var character in WorkflowId)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return hash;
    }
}
