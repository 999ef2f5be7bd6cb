using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Random ids that begin with the time.</summary>
internal sealed class TimeOrderedIds(TimeProvider time) : IIdSource
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Production's source of ids is chosen here.")]
    public Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
}
