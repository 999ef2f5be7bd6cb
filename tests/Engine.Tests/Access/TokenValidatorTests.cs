using System.Text.RegularExpressions;
using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Access.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Access;

public sealed class TokenValidatorTests : IDisposable
{
    private static readonly TokenRules Plain = new(null, null, "permissions", null);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestIssuer _issuer = new();
    private readonly FixedKeys _source = new();
    private readonly TokenKeys _keys;

    public TokenValidatorTests()
    {
        _source.Json = _issuer.Keys;
        _keys = new TokenKeys(
            [new Uri("https://issuer/keys")], TimeSpan.FromHours(1), _source, _time, NullLogger.Instance);
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Token_WhenItsIssuerSignedIt_SaysWhoAndWhat(string algorithm)
    {
        var token = await ValidateAsync(_issuer.Issue(
            algorithm: algorithm, permissions: ["orders:write", "temporal-system:read"]));

        Assert.Equal(("jwt", "ada"), (token!.Principal.Kind, token.Principal.Name));
        Assert.Equal(Role.Writer | Role.Reader, token.Principal.Grants.In("orders"));
        Assert.Equal(Role.Reader, token.Principal.Grants.System);
    }

    [Fact]
    public async Task Token_WhenSomethingIsWrongWithIt_IsNone()
    {
        using var stranger = new TestIssuer();
        string[] tokens =
        [
            "nonsense",
            "a.b.c",
            "e30.e30.e30",
            "bnVsbA.bnVsbA.",
            "eyJhbGciOiJub25lIiwia2lkIjoicnNhLTEifQ.eyJzdWIiOiJldmUifQ.",
            stranger.Issue(),
            _issuer.Issue(keyId: "unknown"),
            _issuer.Issue(subject: null),
            _issuer.Issue(subject: ""),
            _issuer.Issue(algorithm: "HS256"),
            _issuer.Issue(expires: Now.AddMinutes(-1)),
            _issuer.Issue()[..^4] + "AAAA",
        ];

        foreach (var token in tokens)
        {
            Assert.Null(await ValidateAsync(token));
        }
    }

    [Fact]
    public async Task Token_WhenItExpires_IsGoodUntilThen()
    {
        var text = _issuer.Issue(expires: Now.AddMinutes(5));

        Assert.NotNull(await ValidateAsync(text));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await ValidateAsync(text));
    }

    [Fact]
    public async Task Audience_WhenConfigured_IsChecked()
    {
        var rules = Plain with { Audience = "engine" };

        Assert.NotNull(await ValidateAsync(_issuer.Issue(audience: "engine"), rules));
        Assert.Null(await ValidateAsync(_issuer.Issue(audience: "other"), rules));
        Assert.Null(await ValidateAsync(_issuer.Issue(), rules));
        Assert.NotNull(await ValidateAsync(_issuer.Issue(audience: "other")));
    }

    [Fact]
    public async Task Permissions_WhenTheyHaveAnotherNameAndForm_AreReadAsConfigured()
    {
        var rules = new TokenRules(null, null, "roles", new Regex("^tmprl/(?<role>[a-z]+)/(?<namespace>.+)$"));

        var token = await ValidateAsync(_issuer.Issue(claim: "roles", permissions: ["tmprl/admin/orders", "other"]), rules);

        Assert.Equal(Role.Admin, token!.Principal.Grants.In("orders"));
    }

    [Fact]
    public async Task Keys_WhenTheIssuerChangesThem_AreReadAgainForATokenThatNamesANewOne()
    {
        Assert.NotNull(await ValidateAsync(_issuer.Issue()));
        using var next = new TestIssuer { RsaKeyId = "rsa-2" };
        _source.Json = next.Keys;
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull(await ValidateAsync(next.Issue()));
        Assert.Equal(2, _source.Reads);
    }

    [Fact]
    public async Task Keys_WhenTokensNameUnknownOnes_AreNotReadForEach()
    {
        for (var n = 0; n < 50; n++)
        {
            Assert.Null(await ValidateAsync(_issuer.Issue(keyId: $"made-up-{n}")));
        }

        Assert.Equal(1, _source.Reads);
    }

    [Fact]
    public async Task Keys_WhenTheirTimeIsUp_AreReadAgain()
    {
        Assert.NotNull(await ValidateAsync(_issuer.Issue()));
        using var next = new TestIssuer();
        _source.Json = next.Keys;

        _time.Advance(TimeSpan.FromHours(1));

        Assert.NotNull(await ValidateAsync(next.Issue()));
        Assert.Null(await ValidateAsync(_issuer.Issue()));
    }

    [Fact]
    public async Task Keys_WhenTheSourceFails_StayAsTheyWere()
    {
        Assert.NotNull(await ValidateAsync(_issuer.Issue()));
        _source.Json = null;

        _time.Advance(TimeSpan.FromHours(1));

        Assert.NotNull(await ValidateAsync(_issuer.Issue()));
        Assert.Equal(2, _source.Reads);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _issuer.Dispose();
    }

    private async Task<ValidToken?> ValidateAsync(string token, TokenRules? rules = null) =>
        await new TokenValidator(_keys, rules ?? Plain, _time, NullLogger.Instance).ValidateAsync(token);

    private sealed class FixedKeys : IKeySource
    {
        public string? Json { get; set; }

        public int Reads { get; private set; }

        public Task<string> ReadAsync(Uri uri, CancellationToken cancelled)
        {
            Reads++;
            return Task.FromResult(Json ?? throw new IOException("no answer"));
        }
    }
}
