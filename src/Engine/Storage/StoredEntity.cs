using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Storage;

/// <summary>An entity as the file has it.</summary>
/// <param name="Version">Of its bytes.</param>
internal sealed record StoredEntity(EntityKey Key, long Number, int Version, ReadOnlyMemory<byte> State);
