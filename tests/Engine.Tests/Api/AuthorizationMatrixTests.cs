using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Access.Methods;
using AugmentedOS.Engine.Api.Binding;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Every method × every role × own and foreign namespace, on the wire. The namespaces do not exist: what is let
/// in finds nothing there, and does no harm.</summary>
public sealed class AuthorizationMatrixTests(AuthorizationMatrixTests.Guarded guarded)
    : IClassFixture<AuthorizationMatrixTests.Guarded>
{
    private const string Denied = "Request unauthorized.";

    private static readonly string[] Roles = ["worker", "read", "write", "admin"];

    private static readonly ServiceDescriptor[] Services =
    [
        .. Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services,
        .. Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services,
    ];

    public static TheoryData<string> Methods { get; } = [.. Services
        .SelectMany(service => service.Methods)
        .Where(method => !NotBuilt.OfWorkflows.Contains(method.Name) && !NotBuilt.OfOperators.Contains(method.Name))
        .Select(method => method.FullName)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Method_ForEveryRole_IsAnsweredOrDenied(string name)
    {
        var method = Services.SelectMany(service => service.Methods).Single(method => method.FullName == name);
        var profile = MethodTable.Find(method.Service.FullName, method.Name)!;
        var isOpen = profile.Access == AccessLevel.Open;

        Assert.Equal(isOpen, await IsLetInAsync(method, "mine", null));
        Assert.Equal(isOpen, await IsLetInAsync(method, "mine", "no such key"));
        foreach (var role in Roles)
        {
            foreach (var (holder, ns) in new[] { ("mine", "mine"), ("mine", "theirs"), ("temporal-system", "theirs") })
            {
                var expected = Authorizer.Allows(profile, ns, new Principal("", "", Grants.Of([$"{holder}:{role}"])));
                var isLetIn = await IsLetInAsync(method, ns, $"{holder}-{role}");

                Assert.True(expected == isLetIn, $"{name} in {ns} with {holder}:{role} is {(isLetIn ? "let in" : "denied")}");
            }
        }
    }

    [Fact]
    public async Task Refusal_WhenDenied_SaysNothingMore()
    {
        var method = Services[0].FindMethodByName("ListWorkflowExecutions");

        var refused = await CallAsync(method, "mine", null);

        Assert.Equal(StatusCode.PermissionDenied, refused!.StatusCode);
        Assert.Equal(Denied, refused.Status.Detail);
        var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.True(Assert.Single(status.Details).Is(Temporalio.Api.ErrorDetails.V1.PermissionDeniedFailure.Descriptor));
    }

    [Fact]
    public async Task Health_WhenNobodyAsks_Answers()
    {
        var health = new Grpc.Health.V1.Health.HealthClient(guarded.Channel.CreateCallInvoker());

        var answer = await health.CheckAsync(new Grpc.Health.V1.HealthCheckRequest());

        Assert.Equal(Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("mine-admin", false)]
    [InlineData("temporal-system-read", true)]
    public async Task Reflection_WhenAsked_IsForThoseWhoReadTheWholeEngine(string? key, bool isLetIn)
    {
        using var call = new Grpc.Reflection.V1.ServerReflection.ServerReflectionClient(guarded.Channel.CreateCallInvoker())
            .ServerReflectionInfo(Headers(key));
        await call.RequestStream.WriteAsync(new() { ListServices = "" }, TestContext.Current.CancellationToken);

        var answered = await Record.ExceptionAsync(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(isLetIn ? null : StatusCode.PermissionDenied, (answered as RpcException)?.StatusCode);
    }

    /// <remarks>The oldest methods of versioning are denied to everybody, in other words.</remarks>
    private async Task<bool> IsLetInAsync(MethodDescriptor method, string ns, string? key) =>
        await CallAsync(method, ns, key) is not { StatusCode: StatusCode.PermissionDenied, Status.Detail: Denied };

    private async Task<RpcException?> CallAsync(MethodDescriptor method, string ns, string? key)
    {
        var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
        method.InputType.FindFieldByName("namespace")?.Accessor.SetValue(request, ns);
        var bytes = Marshallers.Create<byte[]>(static sent => sent, static received => received);
        var description = new Method<byte[], byte[]>(MethodType.Unary, method.Service.FullName, method.Name, bytes, bytes);
        try
        {
            await guarded.Channel.CreateCallInvoker().AsyncUnaryCall(
                description, null, new CallOptions(Headers(key), DateTime.UtcNow.AddSeconds(20)), request.ToByteArray());
            return null;
        }
        catch (RpcException refused)
        {
            return refused;
        }
    }

    private static Metadata Headers(string? key) => key is null ? [] : new() { { "authorization", $"Bearer {key}" } };

    /// <summary>An engine where every role has a key of its name.</summary>
    public sealed class Guarded : IAsyncLifetime
    {
        private EngineFixture _engine = null!;

        public GrpcChannel Channel { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _engine = await EngineFixture.StartAsync(options =>
            {
                foreach (var holder in new[] { "mine", "temporal-system" })
                {
                    foreach (var role in Roles)
                    {
                        options.Access.ApiKeys[$"{holder}-{role}"] =
                            $"sha256:{ApiKeys.HashOf($"{holder}-{role}")} {holder}:{role}";
                    }
                }
            });
            Channel = GrpcChannel.ForAddress($"http://{_engine.Address}");
        }

        public async ValueTask DisposeAsync()
        {
            Channel.Dispose();
            await _engine.DisposeAsync();
        }
    }
}
