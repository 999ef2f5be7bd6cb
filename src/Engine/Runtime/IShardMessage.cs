namespace AugmentedOS.Engine.Runtime;

/// <summary>Something for a shard to do on its own thread.</summary>
internal interface IShardMessage
{
    void Execute(Shard shard);

    /// <summary>The shard cannot do it.</summary>
    void Refuse(Rejection rejection);
}
