using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class SearchAttributeCatalogTests
{
    [Fact]
    public void Add_WhenNew_IsFoundAtOnce()
    {
        var added = Add(SearchAttributeCatalog.Empty, ("Customer", IndexedValueType.Keyword));
        Assert.True(added.TryGet(out var catalog, out _));

        Assert.True(catalog.TryFind("Customer", out var attribute));
        Assert.Equal(
            new SearchAttribute("Customer", IndexedValueType.Keyword, SearchAttributeOrigin.Custom), attribute);
        Assert.False(SearchAttributeCatalog.Empty.TryFind("Customer", out _));
    }

    [Fact]
    public void Add_WhenItExists_KeepsItsType()
    {
        Assert.True(Add(Sample.Catalog, ("Customer", IndexedValueType.Int)).TryGet(out var catalog, out _));

        Assert.Equal(Sample.Catalog.Custom, catalog.Custom);
    }

    [Theory]
    [InlineData("WorkflowId", IndexedValueType.Keyword, "Search attribute WorkflowId is reserved by system.")]
    [InlineData("BuildIds", IndexedValueType.Keyword, "Search attribute BuildIds is reserved by system.")]
    [InlineData("TemporalAnything", IndexedValueType.Int, "Search attribute TemporalAnything is reserved by system.")]
    [InlineData("NamespaceId", IndexedValueType.Int, "Search attribute NamespaceId is reserved by system.")]
    [InlineData("Mine", IndexedValueType.Unspecified, "Unknown search attribute type: Unspecified.")]
    [InlineData("Mine", (IndexedValueType)77, "Unknown search attribute type: 77.")]
    public void Add_WhenNotAllowed_IsRefused(string name, IndexedValueType type, string text)
    {
        Assert.False(Add(Sample.Catalog, (name, type)).TryGet(out _, out var rejection));
        Assert.Equal(text, rejection.Message);
    }

    [Fact]
    public void Add_WhenNothingIsAsked_IsRefused()
    {
        Assert.False(Sample.Catalog.Add([]).TryGet(out _, out var rejection));
        Assert.Equal("SearchAttributes are not set on request.", rejection.Message);
    }

    [Fact]
    public void Add_WhenTooManyOfOneType_IsRefused()
    {
        var full = Enumerable.Range(0, 100).Select(index => ($"Name{index}", IndexedValueType.Bool)).ToArray();
        Assert.True(Add(SearchAttributeCatalog.Empty, full).TryGet(out var catalog, out _));

        Assert.True(Add(catalog, ("Other", IndexedValueType.Int)).TryGet(out _, out _));
        Assert.False(Add(catalog, ("More", IndexedValueType.Bool)).TryGet(out _, out var rejection));
        Assert.Equal(
            "Unable to create search attributes: cannot have more than 100 search attribute of type Bool.",
            rejection.Message);
    }

    [Fact]
    public void Remove_WhenUnknown_IsIgnored()
    {
        Assert.True(Sample.Catalog.Remove(["Customer", "Nothing"]).TryGet(out var catalog, out _));

        Assert.False(catalog.TryFind("Customer", out _));
        Assert.Equal(Sample.Catalog.Custom.Count - 1, catalog.Custom.Count);
    }

    [Fact]
    public void Remove_WhenSystem_IsRefused()
    {
        Assert.False(Sample.Catalog.Remove(["Customer", "BuildIds"]).TryGet(out _, out var rejection));
        Assert.Equal("Unable to remove non-custom search attributes: BuildIds.", rejection.Message);
    }

    [Fact]
    public void Lists_WhenAsked_TellCustomFromSystem()
    {
        var list = Sample.Catalog.ToListResponse();
        var all = Sample.Catalog.ToGetResponse().Keys;

        Assert.Equal(IndexedValueType.Text, list.CustomAttributes["Note"]);
        Assert.Equal(IndexedValueType.KeywordList, list.SystemAttributes["BuildIds"]);
        Assert.Equal(IndexedValueType.Datetime, list.SystemAttributes["StartTime"]);
        Assert.False(list.SystemAttributes.ContainsKey("Note"));
        Assert.Equal(list.CustomAttributes.Count + list.SystemAttributes.Count, all.Count);
    }

    private static Validated<SearchAttributeCatalog> Add(
        SearchAttributeCatalog catalog, params (string Name, IndexedValueType Type)[] attributes) =>
        catalog.Add(attributes.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Type)));
}
