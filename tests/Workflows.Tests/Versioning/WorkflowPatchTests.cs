using AugmentedOS.Workflows.Versioning;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>Declarations, and what is wrong with some.</summary>
public sealed class WorkflowPatchTests
{
    [Fact]
    public void Patch_WhenItIsAskedForOutsideAWorkflow_SaysWhere()
    {
        var patch = new WorkflowPatch("id", "what");

        Assert.Contains(
            "outside workflow code", Assert.Throws<InvalidOperationException>(() => patch.IsApplied()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "outside workflow code", Assert.Throws<InvalidOperationException>(patch.Deprecate).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "what", "needs an id")]
    [InlineData("id", " ", "'id' needs a line")]
    public void Patch_WhenItSaysTooLittle_IsNotMade(string id, string what, string message) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => new WorkflowPatch(id, what)).Message, StringComparison.Ordinal);

    [Fact]
    public void Catalog_WhenAPatchIsDeclaredInItsWorkflow_TakesItsType()
    {
        var patch = Assert.Single(PatchCatalog.Of(typeof(SubscriptionVersions.Patched)));

        Assert.Equal("discounts", patch.Id);
        Assert.Equal([SubscriptionVersions.Name], patch.WorkflowTypes);
    }

    [Fact]
    public void Catalog_WhenAPatchNamesItsWorkflows_TakesTheirTypes() => Assert.Equal(
        [SubscriptionVersions.Name], PatchCatalog.Of(typeof(Shared)).Single().WorkflowTypes);

    [Fact]
    public void Catalog_WhenAPatchIsOfNoWorkflow_SaysHowToNameOne()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => PatchCatalog.Of(typeof(Homeless)));

        Assert.Contains(
            "new WorkflowPatch(\"id\", \"what\", typeof(OrderWorkflow))", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_WhenAnIdIsDeclaredTwice_NamesBothPlaces()
    {
        var wrong = Assert.Throws<InvalidOperationException>(
            () => PatchCatalog.Of(typeof(SubscriptionVersions.Patched), typeof(SubscriptionVersions.Deprecated)));

        Assert.Contains("declared twice", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Patched", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Deprecated", wrong.Message, StringComparison.Ordinal);
    }

    private static class Shared
    {
        public static WorkflowPatch Both { get; } = new(
            "both", "Both are changed", typeof(SubscriptionVersions.Before), typeof(SubscriptionVersions.Patched));
    }

    private static class Homeless
    {
        public static WorkflowPatch Patch { get; } = new("homeless", "Is nowhere");
    }
}
