using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class SearchAttributeValuesTests
{
    [Theory]
    [InlineData("Flag", "true")]
    [InlineData("Amount", "-42")]
    [InlineData("Amount", "[1,2]")]
    [InlineData("Score", "1")]
    [InlineData("Score", "1.5e3")]
    [InlineData("Due", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("Due", "\"2026-01-01T00:00:00.123456789+02:00\"")]
    [InlineData("Customer", "\"\"")]
    [InlineData("Customer", "[\"in a list, as older SDKs send it\"]")]
    [InlineData("Tags", "[\"a\",\"b\"]")]
    [InlineData("Tags", "\"a\"")]
    [InlineData("Note", "\"---\"")]
    [InlineData("Amount", "null")]
    [InlineData("Amount", "[]")]
    [InlineData("BuildIds", "[\"one\"]")]
    [InlineData("TemporalChangeVersion", "[\"v-1\"]")]
    public void Value_WhenOfItsType_IsAccepted(string name, string json) => Assert.Null(Check(Sample.Of((name, json))));

    [Theory]
    [InlineData("Flag", "\"true\"", "invalid value for search attribute Flag of type Bool: true")]
    [InlineData("Flag", "0", "invalid value for search attribute Flag of type Bool: 0")]
    [InlineData("Amount", "1.5", "invalid value for search attribute Amount of type Int: 1.5")]
    [InlineData("Amount", "\"1\"", "invalid value for search attribute Amount of type Int: 1")]
    [InlineData("Amount", "9223372036854775808",
        "invalid value for search attribute Amount of type Int: 9223372036854775808")]
    [InlineData("Amount", "[1,\"2\"]", "invalid value for search attribute Amount of type Int: [1 2]")]
    [InlineData("Score", "\"high\"", "invalid value for search attribute Score of type Double: high")]
    [InlineData("Score", "1e999", "invalid value for search attribute Score of type Double: Infinity")]
    [InlineData("Due", "\"2026-01-01\"", "invalid value for search attribute Due of type Datetime: 2026-01-01")]
    [InlineData("Due", "1", "invalid value for search attribute Due of type Datetime: 1")]
    [InlineData("Customer", "1e21", "invalid value for search attribute Customer of type Keyword: 1e+21")]
    [InlineData("Customer", "{\"b\":null,\"a\":[true]}",
        "invalid value for search attribute Customer of type Keyword: map[a:[true] b:<nil>]")]
    [InlineData("Customer", "\"\\ud800\"", "invalid value for search attribute Customer of type Keyword: \\ud800")]
    [InlineData("Tags", "[\"a\",null]", "invalid value for search attribute Tags of type KeywordList: [a <nil>]")]
    [InlineData("Note", "5", "invalid value for search attribute Note of type Text: 5")]
    [InlineData("WorkflowId", "\"w\"", "WorkflowId attribute can't be set in SearchAttributes")]
    [InlineData("CloseTime", "null", "CloseTime attribute can't be set in SearchAttributes")]
    [InlineData("TemporalWorkerDeployment", "\"d\"",
        "TemporalWorkerDeployment attribute can't be set in SearchAttributes")]
    [InlineData("Nothing", "\"w\"", "Namespace space has no mapping defined for search attribute Nothing")]
    [InlineData("TemporalNothing", "1", "Namespace space has no mapping defined for search attribute TemporalNothing")]
    public void Value_WhenWrong_IsRefusedWithTheServersText(string name, string json, string text) =>
        Assert.Equal(text, Check(Sample.Of((name, json)))?.Message);

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("1 2")]
    public void Value_WhenNotJson_IsRefused(string json) => Assert.StartsWith(
        "invalid value for search attribute Amount of type Int: value from <",
        Check(Sample.Of(("Amount", json)))?.Message);

    [Fact]
    public void Value_WhenBytesAreNoText_IsRefused()
    {
        var attributes = Sample.Of(("Customer", "\"x\""));
        attributes.IndexedFields["Customer"].Data = ByteString.CopyFrom([(byte)'"', 0xff, (byte)'"']);

        Assert.StartsWith(
            "invalid value for search attribute Customer of type Keyword: value from <", Check(attributes)?.Message);
    }

    [Fact]
    public void Value_WhenOfAnotherEncoding_IsRefused()
    {
        var attributes = Sample.Of(("Flag", "true"));
        attributes.IndexedFields["Flag"].Metadata["encoding"] = ByteString.CopyFromUtf8("binary/plain");

        Assert.Equal("invalid value for search attribute Flag of type Bool: true", Check(attributes)?.Message);
    }

    [Fact]
    public void Values_WhenSeveralAreWrong_NameTheFirstInOrder() => Assert.Equal(
        "Namespace space has no mapping defined for search attribute A",
        Check(Sample.Of(("B", "1"), ("A", "1")))?.Message);

    [Fact]
    public void Values_WhenTooMany_AreRefused()
    {
        var many = Sample.Of([.. Enumerable.Range(0, 101).Select(index => ($"Name{index}", "1"))]);

        Assert.Equal("number of search attributes 101 exceeds limit 100", Check(many)?.Message);
    }

    [Fact]
    public void Value_WhenOver2KiB_IsRefused()
    {
        Assert.Null(Check(Sample.Of(("Customer", $"\"{new string('x', 2046)}\""))));
        Assert.Equal(
            "search attribute Customer value size 2049 exceeds size limit 2048",
            Check(Sample.Of(("Customer", $"\"{new string('x', 2047)}\"")))?.Message);
    }

    [Fact]
    public void Values_WhenOver40KiBTogether_AreRefused()
    {
        var names = Enumerable.Range(0, 30).Select(index => $"Name{index:00}").ToList();
        var added = SearchAttributeCatalog.Empty.Add(names.ToDictionary(
            name => name, _ => Temporalio.Api.Enums.V1.IndexedValueType.Keyword));
        Assert.True(added.TryGet(out var catalog, out _));
        var values = Sample.Of([.. names.Select(name => (name, $"\"{new string('x', 2000)}\""))]);

        Assert.Equal(
            $"total size of search attributes {values.CalculateSize()} exceeds size limit 40960",
            SearchAttributeValues.Check(values, catalog, "space")?.Message);
    }

    [Fact]
    public void Normalize_StampsTheTypeAndDropsWhatIsNoValue()
    {
        var given = Sample.Of(("Amount", "1"), ("Flag", "null"), ("Tags", "[]"), ("BuildIds", "[\"a\"]"));
        given.IndexedFields["Amount"].Metadata["type"] = ByteString.CopyFromUtf8("Keyword");
        given.IndexedFields["Customer"] = new Payload();

        var normalized = SearchAttributeValues.Normalize(given, Sample.Catalog).IndexedFields;

        Assert.Equal(["Amount", "BuildIds"], normalized.Keys.Order());
        Assert.Equal("Int", normalized["Amount"].Metadata["type"].ToStringUtf8());
        Assert.Equal("KeywordList", normalized["BuildIds"].Metadata["type"].ToStringUtf8());
        Assert.Equal("1", normalized["Amount"].Data.ToStringUtf8());
        Assert.Equal("Keyword", given.IndexedFields["Amount"].Metadata["type"].ToStringUtf8());
    }

    [Fact]
    public void Merge_WhenAValueIsEmpty_RemovesTheAttribute()
    {
        var current = SearchAttributeValues.Normalize(
            Sample.Of(("Amount", "1"), ("Customer", "\"a\"")), Sample.Catalog);
        var upsert = SearchAttributeValues.NormalizeUpsert(
            Sample.Of(("Amount", "null"), ("Flag", "true"), ("Score", "[]")), Sample.Catalog);

        var merged = SearchAttributeValues.Merge(current, upsert).IndexedFields;

        Assert.Equal(["Customer", "Flag"], merged.Keys.Order());
        Assert.Equal("Bool", merged["Flag"].Metadata["type"].ToStringUtf8());
        Assert.Equal("Int", upsert.IndexedFields["Amount"].Metadata["type"].ToStringUtf8());
        Assert.Equal(2, current.IndexedFields.Count);
    }

    private static Rejection? Check(SearchAttributes attributes) =>
        SearchAttributeValues.Check(attributes, Sample.Catalog, "space");
}
