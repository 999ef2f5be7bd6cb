using AugmentedOS.Engine.Access;

namespace AugmentedOS.Engine.Tests.Access;

public sealed class ApiKeysTests
{
    [Fact]
    public void Key_WhenKnown_StandsForItsHolder()
    {
        var keys = new ApiKeys(new Dictionary<string, string>
        {
            ["ci"] = $"sha256:{ApiKeys.HashOf("open sesame").ToUpperInvariant()} orders:write default:read",
        });

        var holder = keys.Find("open sesame");

        Assert.Equal(("api-key", "ci"), (holder!.Kind, holder.Name));
        Assert.Equal(Role.Writer, holder.Grants.In("orders"));
        Assert.Equal(Role.None, holder.Grants.In("other"));
        Assert.Null(keys.Find("open"));
        Assert.Null(keys.Find(""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:abc orders:write")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000 orders:write")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000 orders")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000 orders:dance")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000 :read")]
    public void Line_WhenItIsWrong_IsAMistake(string line) => Assert.NotNull(ApiKeys.Problem(line));

    [Fact]
    public void Line_WhenItIsRight_IsNone() =>
        Assert.Null(ApiKeys.Problem($"sha256:{ApiKeys.HashOf("k")}  temporal-system:Admin"));
}
