using System.Collections.Immutable;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Tests.Visibility;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Storage;

public sealed class NamespaceWriterTests
{
    [Fact]
    public void Save_WhenAnAttributeIsGone_DropsItsIndexAndNoOther()
    {
        using var file = new VisibilityFile();
        using var index = new RunIndexWriter(file.Database);
        using var namespaces = new NamespaceWriter(file.Database, index);
        file.Add("w", attributes: [("Customer", "alice"), ("Amount", 5)]);
        file.Add("other", ns: new NamespaceId(Guid.AllBitsSet), attributes: [("Customer", "alice")]);

        namespaces.Save(Space(Sample.Catalog.Custom));
        Assert.Equal(["w"], file.Ids("Customer IS NOT NULL AND Amount = 5"));

        namespaces.Save(Space(Sample.Catalog.Custom.Remove("Customer")));
        Assert.Equal(["w"], file.Ids("Customer IS NULL AND Amount = 5"));
        Assert.Equal(1, file.Database.Number("SELECT count(*) FROM search_attributes JOIN search_attribute_names ON id = attribute WHERE name = 'Customer'"));
    }

    private static NamespaceInfo Space(ImmutableSortedDictionary<string, IndexedValueType> attributes) => new()
    {
        Id = Sample.Namespace,
        Name = "space",
        Retention = TimeSpan.FromDays(1),
        CreatedAt = VisibilityFile.At(0),
        SearchAttributes = attributes,
    };
}
