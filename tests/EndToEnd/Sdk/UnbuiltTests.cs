using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>What the engine does not do yet says so, by name.</summary>
public sealed class UnbuiltTests(SdkEngine engine)
{
    [Fact]
    public async Task Schedule_IsUnimplementedAndNamed()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => engine.Client.WorkflowService.DescribeScheduleAsync(
            new DescribeScheduleRequest { Namespace = "default", ScheduleId = "daily" }));

        Assert.Equal(RpcException.StatusCode.Unimplemented, refused.Code);
        Assert.Contains("DescribeSchedule", refused.Message);
    }
}
