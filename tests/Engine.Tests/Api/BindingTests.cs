using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Hosting;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AugmentedOS.Engine.Tests.Api;

public sealed class BindingTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public void WorkflowService_WhenBound_HasEveryMethodOnce() =>
        AssertComplete(Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor, Core.Api.Workflows);

    [Fact]
    public void OperatorService_WhenBound_HasEveryMethodOnce() =>
        AssertComplete(Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor, Core.Api.Operators);

    [Fact]
    public async Task TestService_WhenTimeCanBeSkipped_HasEveryMethodOnce()
    {
        await using var skipping = await EngineFixture.StartAsync(options => options.TimeSkipping = TimeSkipping.Locked);

        AssertComplete(
            Temporalio.Api.TestService.V1.ServiceReflection.Descriptor,
            skipping.Services.GetRequiredService<EngineCore>().Api.Tests);
    }

    private EngineCore Core => engine.Services.GetRequiredService<EngineCore>();

    private static void AssertComplete(FileDescriptor file, RpcService bound)
    {
        var service = Assert.Single(file.Services);

        Assert.Equal(service.FullName, bound.FullName);
        Assert.Equal(
            service.Methods.Select(method => method.Name).Order(StringComparer.Ordinal),
            bound.Rpcs.Select(rpc => rpc.Name).Order(StringComparer.Ordinal));
        foreach (var rpc in bound.Rpcs.Where(rpc => rpc.RequestType is not null))
        {
            var method = service.FindMethodByName(rpc.Name);
            Assert.Equal((method.InputType.ClrType, method.OutputType.ClrType), (rpc.RequestType, rpc.ResponseType));
        }
    }
}
