using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

public sealed class NamespaceRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Namespace_WhenRegistered_IsThereAtOnce()
    {
        using var raw = new RawEngine(engine.Address);
        var name = await RegisterAsync(raw);

        var described = await raw.CallAsync<DescribeNamespaceResponse>(new DescribeNamespaceRequest { Namespace = name });

        Assert.Equal(NamespaceState.Registered, described.NamespaceInfo.State);
        Assert.Equal(TimeSpan.FromDays(1), described.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());
        Assert.True(Guid.TryParse(described.NamespaceInfo.Id, out _));
        Assert.True(described.NamespaceInfo.Capabilities.SyncUpdate);
        Assert.True(described.NamespaceInfo.Capabilities.AsyncUpdate);
    }

    [Fact]
    public async Task Namespace_WhenRegisteredTwice_IsRefused()
    {
        using var raw = new RawEngine(engine.Address);
        var name = await RegisterAsync(raw);

        var refused = await raw.RefusedAsync(Registration(name));

        Assert.Equal(StatusCode.AlreadyExists, refused.StatusCode);
        Assert.Equal($"Namespace \"{name}\" already exists", refused.Status.Detail);
        Detail<NamespaceAlreadyExistsFailure>(refused);
    }

    [Fact]
    public async Task Namespace_WhenDeprecated_TakesNoStartsButGoesOn()
    {
        using var raw = new RawEngine(engine.Address);
        var name = await RegisterAsync(raw);
        await raw.CallAsync<DeprecateNamespaceResponse>(new DeprecateNamespaceRequest { Namespace = name });

        var refused = await raw.RefusedAsync(new StartWorkflowExecutionRequest
        {
            Namespace = name,
            WorkflowId = "w",
            WorkflowType = new WorkflowType { Name = "t" },
            TaskQueue = new TaskQueue { Name = "q" },
        });
        var listed = await raw.CallAsync<ListWorkflowExecutionsResponse>(
            new ListWorkflowExecutionsRequest { Namespace = name });

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal("Namespace has invalid state: Deprecated. Must be Registered.", refused.Status.Detail);
        Assert.Equal(NamespaceState.Deprecated, Detail<NamespaceInvalidStateFailure>(refused).State);
        Assert.Empty(listed.Executions);
    }

    public static TheoryData<IMessage, StatusCode, string> Refusals => new()
    {
        { new RegisterNamespaceRequest(), StatusCode.InvalidArgument, "Namespace is not set on request." },
        {
            new RegisterNamespaceRequest { Namespace = "short" },
            StatusCode.InvalidArgument,
            "A valid retention period is not set on request."
        },
        {
            new RegisterNamespaceRequest { Namespace = "global", IsGlobalNamespace = true },
            StatusCode.InvalidArgument,
            "Cannot register global namespace when not enabled"
        },
        { new DescribeNamespaceRequest(), StatusCode.InvalidArgument, "Namespace is not set on request." },
        {
            new DescribeNamespaceRequest { Namespace = "default", Id = "11111111-2222-3333-4444-555555555555" },
            StatusCode.InvalidArgument,
            "GetNamespace operation failed. Both ID and Name specified in request."
        },
        {
            new UpdateNamespaceRequest { Namespace = "default", DeleteBadBinary = "abc" },
            StatusCode.InvalidArgument,
            "Bad binary checksum abc doesn't exists."
        },
        {
            new AddSearchAttributesRequest { Namespace = "default" },
            StatusCode.InvalidArgument,
            "SearchAttributes are not set on request."
        },
        {
            new AddSearchAttributesRequest { SearchAttributes = { ["A"] = IndexedValueType.Int } },
            StatusCode.InvalidArgument,
            "Namespace is not set on request."
        },
        {
            new AddSearchAttributesRequest
            {
                Namespace = "default", SearchAttributes = { ["WorkflowId"] = IndexedValueType.Keyword },
            },
            StatusCode.InvalidArgument,
            "Search attribute WorkflowId is reserved by system."
        },
        {
            new RemoveSearchAttributesRequest { Namespace = "default", SearchAttributes = { "WorkflowId" } },
            StatusCode.InvalidArgument,
            "Unable to remove non-custom search attributes: WorkflowId."
        },
        { new DeleteNamespaceRequest(), StatusCode.InvalidArgument, "namespace or namespace ID is required" },
        {
            new DeleteNamespaceRequest { Namespace = "temporal-system" },
            StatusCode.FailedPrecondition,
            "unable to delete system namespace"
        },
        {
            new DeleteNamespaceRequest { Namespace = "nowhere" },
            StatusCode.InvalidArgument,
            "namespace nowhere is not found"
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Call_WhenAFieldIsWrong_IsRefusedInAServersWords(IMessage request, StatusCode code, string text)
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(request);

        Assert.Equal((code, text), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Namespace_WhenUpdated_KeepsWhatIsNotSaid()
    {
        using var raw = new RawEngine(engine.Address);
        var name = await RegisterAsync(raw);
        await raw.CallAsync<UpdateNamespaceResponse>(new UpdateNamespaceRequest
        {
            Namespace = name,
            UpdateInfo = new() { Description = "first", Data = { ["a"] = "1" } },
        });

        var updated = await raw.CallAsync<UpdateNamespaceResponse>(new UpdateNamespaceRequest
        {
            Namespace = name,
            UpdateInfo = new() { OwnerEmail = "o@example.org", Data = { ["b"] = "2" } },
        });

        Assert.Equal("first", updated.NamespaceInfo.Description);
        Assert.Equal("o@example.org", updated.NamespaceInfo.OwnerEmail);
        Assert.Equal(2, updated.NamespaceInfo.Data.Count);
    }

    [Fact]
    public async Task Namespace_WhenDeleted_FreesItsNameAndDropsItsRuns()
    {
        using var raw = new RawEngine(engine.Address);
        var name = await RegisterAsync(raw);

        var deleted = await raw.CallAsync<DeleteNamespaceResponse>(new DeleteNamespaceRequest { Namespace = name });
        await raw.CallAsync<RegisterNamespaceResponse>(Registration(name));
        var old = await raw.CallAsync<DescribeNamespaceResponse>(
            new DescribeNamespaceRequest { Namespace = deleted.DeletedNamespace });

        Assert.StartsWith($"{name}-deleted-", deleted.DeletedNamespace, StringComparison.Ordinal);
        Assert.Equal(NamespaceState.Deleted, old.NamespaceInfo.State);
    }

    [Fact]
    public async Task Namespace_WhenDeletedAgainAndAgain_FreesItsNameEachTime()
    {
        using var raw = new RawEngine(engine.Address);
        var name = await RegisterAsync(raw);
        var freed = new List<string>();

        for (var i = 0; i < 3; i++)
        {
            var deleted = await raw.CallAsync<DeleteNamespaceResponse>(new DeleteNamespaceRequest { Namespace = name });
            freed.Add(deleted.DeletedNamespace);
            await raw.CallAsync<RegisterNamespaceResponse>(Registration(name));
        }

        Assert.Equal(3, freed.Distinct().Count());
    }

    [Fact]
    public async Task Namespaces_WhenListedByPages_AreAllThereOnce()
    {
        using var raw = new RawEngine(engine.Address);
        var made = new[] { await RegisterAsync(raw), await RegisterAsync(raw), await RegisterAsync(raw) };

        var listed = new List<string>();
        var request = new ListNamespacesRequest { PageSize = 2 };
        do
        {
            var page = await raw.CallAsync<ListNamespacesResponse>(request);
            listed.AddRange(page.Namespaces.Select(ns => ns.NamespaceInfo.Name));
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);

        Assert.Empty(made.Except(listed));
        Assert.Equal(listed.Distinct(), listed);
    }

    private static async Task<string> RegisterAsync(RawEngine raw)
    {
        var name = $"ns-{Guid.NewGuid():N}";
        await raw.CallAsync<RegisterNamespaceResponse>(Registration(name));
        return name;
    }

    private static RegisterNamespaceRequest Registration(string name) => new()
    {
        Namespace = name,
        WorkflowExecutionRetentionPeriod = TimeSpan.FromDays(1).ToProto(),
    };

    private static TDetail Detail<TDetail>(RpcException refused)
        where TDetail : IMessage<TDetail>, new()
    {
        var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        return Assert.Single(status.Details).Unpack<TDetail>();
    }
}
