using AugmentedOS.Engine.Api.Binding;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Temporalio.Api.WorkflowService.V1;
using Alpha = Grpc.Reflection.V1Alpha;
using Stable = Grpc.Reflection.V1;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>What happens before an RPC's own code.</summary>
public sealed class WireTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const int FourMebibytes = 4 * 1024 * 1024;

    [Fact]
    public async Task Call_WhenMethodIsNotBuilt_IsUnimplementedWithItsName()
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(WorkflowRpcs.Name, "CreateWorkflowRule", []);

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
        Assert.Equal("method CreateWorkflowRule not supported", refused.Status.Detail);
    }

    [Theory]
    [InlineData(FourMebibytes + 1)]
    [InlineData(3 * FourMebibytes)]
    public async Task Call_WhenMessageIsTooLarge_SaysSoInTheWordsThatWorkersKnow(int size)
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(WorkflowRpcs.Name, "RespondWorkflowTaskCompleted", new byte[size]);

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal($"grpc: received message larger than max ({size} vs. 4194304)", refused.Status.Detail);
    }

    [Fact]
    public async Task Call_WhenMessageIsNoProtobuf_IsInvalid()
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(WorkflowRpcs.Name, "StartWorkflowExecution", [0xff, 0xff, 0xff]);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("grpc: error unmarshalling request", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WhenAWrappedNumberEndsTooEarly_IsInvalid()
    {
        // Field 4, task_queue_metadata: field 1, a wrapped double of which nothing but a tag of two bytes is there.
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(
            WorkflowRpcs.Name, "PollActivityTaskQueue", [0x22, 0x04, 0x0a, 0x02, 0x80, 0x01]);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task Refusal_WhenItHasADetail_CarriesItInTheTrailer()
    {
        using var raw = new RawEngine(engine.Address);
        var request = new DescribeNamespaceRequest { Namespace = "nowhere" };

        var refused = await raw.RefusedAsync(WorkflowRpcs.Name, "DescribeNamespace", request.ToByteArray());

        var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((int)StatusCode.NotFound, status.Code);
        Assert.Equal("Namespace nowhere is not found.", status.Message);
        var detail = Assert.Single(status.Details)
            .Unpack<Temporalio.Api.ErrorDetails.V1.NamespaceNotFoundFailure>();
        Assert.Equal("nowhere", detail.Namespace);
    }

    [Theory]
    [InlineData("")]
    [InlineData(WorkflowRpcs.Name)]
    [InlineData(OperatorRpcs.Name)]
    [InlineData("temporal.server.api.adminservice.v1.AdminService")]
    public async Task Health_WhenServiceIsKnown_IsServing(string service)
    {
        using var raw = new RawEngine(engine.Address);
        var health = new Health.HealthClient(raw.Invoker);

        var answer = await health.CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Health_WhenServiceIsUnknown_IsNotFound()
    {
        using var raw = new RawEngine(engine.Address);
        var health = new Health.HealthClient(raw.Invoker);

        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await health.CheckAsync(new HealthCheckRequest { Service = "nothing" }));

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Health_WhenWatched_TellsTheStatusAtOnce()
    {
        using var raw = new RawEngine(engine.Address);
        using var watch = new Health.HealthClient(raw.Invoker).Watch(new HealthCheckRequest());

        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, watch.ResponseStream.Current.Status);
    }

    [Fact]
    public async Task Reflection_WhenAsked_ListsTheServices()
    {
        using var raw = new RawEngine(engine.Address);
        using var call = new Stable.ServerReflection.ServerReflectionClient(raw.Invoker).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new Stable.ServerReflectionRequest { ListServices = "" });
        await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        Assert.Contains(WorkflowRpcs.Name, services);
        await call.RequestStream.CompleteAsync();
    }

    [Fact]
    public async Task ReflectionAlpha_WhenAsked_KnowsAMethodsFile()
    {
        using var raw = new RawEngine(engine.Address);
        using var call = new Alpha.ServerReflection.ServerReflectionClient(raw.Invoker).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(
            new Alpha.ServerReflectionRequest { FileContainingSymbol = OperatorRpcs.Name });
        await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        Assert.NotEmpty(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
        await call.RequestStream.CompleteAsync();
    }
}
