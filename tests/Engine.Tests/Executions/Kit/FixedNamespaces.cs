using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Namespaces;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>The namespace <c>default</c>, and whichever others a test names.</summary>
internal sealed class FixedNamespaces(params NamespaceInfo[] others) : INamespaceDirectory
{
    public static NamespaceInfo Default { get; } = new()
    {
        Id = new NamespaceId(new Guid("00000000-0000-0000-0000-00000000000d")),
        Name = "default",
        Retention = 1.Days(),
        // Not Scenario.Start: that type needs this one first.
        CreatedAt = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
    };

    public bool TryFind(string name, [NotNullWhen(true)] out NamespaceInfo? found)
    {
        found = others.Append(Default).FirstOrDefault(info => info.Name == name);
        return found is not null;
    }

    public bool TryFind(NamespaceId id, [NotNullWhen(true)] out NamespaceInfo? found)
    {
        found = others.Append(Default).FirstOrDefault(info => info.Id == id || IdSpaces.Of(info.Id).Contains(id));
        return found is not null;
    }
}
