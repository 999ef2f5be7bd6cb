using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Nexus;

/// <summary>The registry of endpoints, as operators use it.</summary>
public sealed class NexusEndpointRpcsTests(NexusEngine engine) : IClassFixture<NexusEngine>
{
    private static readonly string Unknown = Guid.Parse("11111111-1111-1111-1111-111111111111").ToString("D");

    [Fact]
    public async Task Endpoint_WhenCreated_IsSeenAsItWasAskedFor()
    {
        var created = await engine.CreateEndpointAsync("queue");

        Assert.Equal(1, created.Version);
        Assert.Null(created.LastModifiedTime);
        Assert.Equal($"/nexus/endpoints/{created.Id}/services", created.UrlPrefix);
        Assert.Equal("default", created.Spec.Target.Worker.Namespace);
        Assert.Equal(created, (await engine.Raw.CallAsync<GetNexusEndpointResponse>(
            new GetNexusEndpointRequest { Id = created.Id })).Endpoint);
    }

    [Fact]
    public async Task Endpoint_WhenChanged_HasANewVersionAndAllThatWasSaid()
    {
        var created = await engine.CreateEndpointAsync("queue");
        var spec = new EndpointSpec
        {
            Name = created.Spec.Name,
            Target = new EndpointTarget { External = new EndpointTarget.Types.External { Url = "https://example.com/x" } },
        };

        var changed = (await engine.Raw.CallAsync<UpdateNexusEndpointResponse>(
            new UpdateNexusEndpointRequest { Id = created.Id, Version = 1, Spec = spec })).Endpoint;

        Assert.Equal(2, changed.Version);
        Assert.Equal(spec, changed.Spec);
        Assert.NotNull(changed.LastModifiedTime);
        await RefusedAsync(
            new UpdateNexusEndpointRequest { Id = created.Id, Version = 1, Spec = spec },
            StatusCode.FailedPrecondition,
            "nexus endpoint version mismatch. received: 1 expected 2");
    }

    [Fact]
    public async Task Endpoint_WhenDeleted_IsGoneWhateverItsVersion()
    {
        var created = await engine.CreateEndpointAsync("queue");

        await engine.Raw.CallAsync<DeleteNexusEndpointResponse>(
            new DeleteNexusEndpointRequest { Id = created.Id, Version = 77 });

        await RefusedAsync(
            new GetNexusEndpointRequest { Id = created.Id },
            StatusCode.NotFound,
            $"Nexus endpoint with ID `{created.Id}` not found");
        await RefusedAsync(
            new DeleteNexusEndpointRequest { Id = created.Id, Version = 1 },
            StatusCode.NotFound,
            $"error deleting nexus endpoint with ID: {created.Id}");
    }

    [Fact]
    public async Task Endpoint_WhenItsNameIsTaken_IsRefused()
    {
        var first = await engine.CreateEndpointAsync("queue");

        await RefusedAsync(
            new CreateNexusEndpointRequest { Spec = first.Spec },
            StatusCode.AlreadyExists,
            $"error creating Nexus endpoint. Endpoint with name {first.Spec.Name} already registered");
    }

    [Theory]
    [InlineData("", "endpoint name not set")]
    [InlineData("a", @"endpoint name must match the regex: ""^[a-zA-Z][a-zA-Z0-9\\-]*[a-zA-Z0-9]$""")]
    [InlineData("with_underscore", @"endpoint name must match the regex: ""^[a-zA-Z][a-zA-Z0-9\\-]*[a-zA-Z0-9]$""")]
    public Task Create_WhenTheNameIsBad_SaysSo(string name, string message) => RefusedAsync(
        new CreateNexusEndpointRequest { Spec = NexusEngine.SpecOf(name, "queue") },
        StatusCode.InvalidArgument,
        message);

    [Fact]
    public async Task Create_WhenSeveralThingsAreWrong_SaysThemAll()
    {
        await RefusedAsync(
            new CreateNexusEndpointRequest(),
            StatusCode.InvalidArgument,
            "endpoint name not set, empty target variant");
        var spec = NexusEngine.SpecOf("", "");
        spec.Target.Worker.Namespace = "";
        await RefusedAsync(
            new CreateNexusEndpointRequest { Spec = spec },
            StatusCode.InvalidArgument,
            "endpoint name not set, target namespace not set, invalid target task queue: \"missing task queue name\"");
    }

    [Theory]
    [InlineData("", "empty target URL")]
    [InlineData("ftp://example.com", "invalid target URL scheme: \"ftp\", expected http or https")]
    public Task Create_WhenTheAddressIsBad_SaysSo(string url, string message) => RefusedAsync(
        new CreateNexusEndpointRequest
        {
            Spec = new EndpointSpec
            {
                Name = "external",
                Target = new EndpointTarget { External = new EndpointTarget.Types.External { Url = url } },
            },
        },
        StatusCode.InvalidArgument,
        message);

    [Fact]
    public Task Create_WhenTheNamespaceIsUnknown_SaysSo()
    {
        var spec = NexusEngine.SpecOf("target-unknown", "queue");
        spec.Target.Worker.Namespace = "nowhere";
        return RefusedAsync(
            new CreateNexusEndpointRequest { Spec = spec },
            StatusCode.FailedPrecondition,
            "could not verify namespace referenced by target exists: Namespace nowhere is not found.");
    }

    [Fact]
    public async Task Requests_WhenTheIdIsBad_SaySo()
    {
        await RefusedAsync(new GetNexusEndpointRequest(), StatusCode.InvalidArgument, "endpoint ID not set");
        await RefusedAsync(
            new GetNexusEndpointRequest { Id = "abc" },
            StatusCode.InvalidArgument,
            "malformed endpoint ID: \"invalid UUID length: 3\"");
        await RefusedAsync(
            new DeleteNexusEndpointRequest(),
            StatusCode.InvalidArgument,
            "endpoint ID not set, endpoint version is non-positive");
        await RefusedAsync(
            new UpdateNexusEndpointRequest { Id = Unknown, Version = 1, Spec = NexusEngine.SpecOf("unknown", "queue") },
            StatusCode.NotFound,
            $"error updating Nexus endpoint. endpoint ID {Unknown} not found");
    }

    [Fact]
    public async Task List_WhenThereAreMany_GivesThemByIdAPageAtATime()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await engine.CreateEndpointAsync("queue")).Id);
        }

        var listed = new List<string>();
        var token = ByteString.Empty;
        do
        {
            var page = await engine.Raw.CallAsync<ListNexusEndpointsResponse>(
                new ListNexusEndpointsRequest { PageSize = 2, NextPageToken = token });
            Assert.InRange(page.Endpoints.Count, 0, 2);
            listed.AddRange(page.Endpoints.Select(endpoint => endpoint.Id));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);

        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
        Assert.Subset(listed.ToHashSet(), made.ToHashSet());
    }

    [Fact]
    public async Task List_WhenFilteredByName_GivesOneOrNone()
    {
        var created = await engine.CreateEndpointAsync("queue");

        var found = await engine.Raw.CallAsync<ListNexusEndpointsResponse>(
            new ListNexusEndpointsRequest { Name = created.Spec.Name, PageSize = -1 });
        var none = await engine.Raw.CallAsync<ListNexusEndpointsResponse>(
            new ListNexusEndpointsRequest { Name = "nobody-has-it" });

        Assert.Equal(created.Id, Assert.Single(found.Endpoints).Id);
        Assert.Empty(none.Endpoints);
    }

    [Fact]
    public async Task List_WhenThePageSizeIsBad_SaysSo()
    {
        await RefusedAsync(
            new ListNexusEndpointsRequest { PageSize = -1 }, StatusCode.InvalidArgument, "page_size is negative");
        await RefusedAsync(
            new ListNexusEndpointsRequest { PageSize = 1001 }, StatusCode.InvalidArgument, "page_size exceeds limit of 1000");
    }

    [Fact]
    public async Task Namespace_WhenAnEndpointLeadsToIt_CannotBeDeleted()
    {
        var ns = NexusEngine.NewName("target");
        await engine.Raw.CallAsync<RegisterNamespaceResponse>(new RegisterNamespaceRequest
        {
            Namespace = ns,
            WorkflowExecutionRetentionPeriod = TimeSpan.FromDays(1).ToProto(),
        });
        var spec = NexusEngine.SpecOf(NexusEngine.NewName("endpoint"), "queue");
        spec.Target.Worker.Namespace = ns;
        var created = (await engine.Raw.CallAsync<CreateNexusEndpointResponse>(
            new CreateNexusEndpointRequest { Spec = spec })).Endpoint;

        await RefusedAsync(
            new DeleteNamespaceRequest { Namespace = ns },
            StatusCode.FailedPrecondition,
            $"cannot delete a namespace that is a target of a Nexus endpoint {spec.Name}");
        await engine.Raw.CallAsync<DeleteNexusEndpointResponse>(
            new DeleteNexusEndpointRequest { Id = created.Id, Version = 1 });
        await engine.Raw.CallAsync<DeleteNamespaceResponse>(new DeleteNamespaceRequest { Namespace = ns });
    }

    private async Task RefusedAsync(IMessage request, StatusCode code, string message)
    {
        var refusal = await engine.Raw.RefusedAsync(request);
        Assert.Equal((code, message), (refusal.StatusCode, refusal.Status.Detail));
    }
}
