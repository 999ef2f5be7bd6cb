using AugmentedOS.Engine.Access.Versions;
using AugmentedOS.Engine.Api.Cluster;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Tests.Access;

public sealed class ClientVersionsTests
{
    private readonly ClientVersions _versions = new("1.32.0", GetClusterInfo.SupportedClients);

    [Theory]
    [InlineData("temporal-go", "1.30.0", "")]
    [InlineData("temporal-go", "1.30.0-rc.1+build", ">=1.0.0 <2.0.0")]
    [InlineData("temporal-ui", "2.40.1", "")]
    [InlineData("temporal-dotnet", "9.9.9", "")]
    [InlineData("temporal-go", "", ">1.0.0 !1.5.0 || <0.1.0")]
    [InlineData("", "", "")]
    public void Client_WhenSupported_IsServed(string client, string version, string servers) =>
        Assert.Null(_versions.Check(client, version, servers));

    [Fact]
    public void Client_WhenTooNew_IsRefusedWithWhatIsSupported()
    {
        var refused = _versions.Check("temporal-go", "2.0.0", "")!;

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Equal("Client version 2.0.0 is not supported. Server supports temporal-go versions: <2.0.0", refused.Message);
        Assert.Equal(
            new ClientVersionNotSupportedFailure { ClientName = "temporal-go", ClientVersion = "2.0.0", SupportedVersions = "<2.0.0" },
            refused.Detail);
        Assert.Same(refused, _versions.Check("temporal-go", "2.0.0", ""));
    }

    [Fact]
    public void Server_WhenTheClientWantsAnother_IsToldSo()
    {
        var refused = _versions.Check("temporal-go", "1.0.0", "<1.0.0")!;

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Equal("Server version 1.32.0 is not supported. Client supports server versions: <1.0.0", refused.Message);
        Assert.IsType<ServerVersionNotSupportedFailure>(refused.Detail);
    }

    [Theory]
    [InlineData("temporal-go", "one", "", "Unable to parse client version: ")]
    [InlineData("temporal-go", "1.2", "", "Unable to parse client version: ")]
    [InlineData("temporal-go", "1.2.3", "about 1", "Unable to parse supported server versions: ")]
    public void Version_WhenItIsNone_IsInvalid(string client, string version, string servers, string message)
    {
        var refused = _versions.Check(client, version, servers)!;

        Assert.Equal(StatusCode.InvalidArgument, refused.Code);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_WhenCompared_FollowTheRules()
    {
        string[] ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0"];

        Assert.Equal(ordered, ordered.Reverse().OrderBy(text => SemanticVersion.Parse(text)));
    }
}
