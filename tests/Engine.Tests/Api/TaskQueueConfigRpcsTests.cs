using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

public sealed class TaskQueueConfigRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly string _queue = $"q-{Guid.NewGuid():N}";

    [Fact]
    public async Task UpdateTaskQueueConfig_WhenLimitsAndWeightsAreSet_TellsThemInEveryDescription()
    {
        using var raw = new RawEngine(engine.Address);

        var updated = await raw.CallAsync<UpdateTaskQueueConfigResponse>(Request(request =>
        {
            request.UpdateQueueRateLimit = Limit(7, "too hot");
            request.UpdateFairnessKeyRateLimitDefault = Limit(3, "fair");
            request.SetFairnessWeightOverrides.Add("vip", 5);
            request.SetFairnessWeightOverrides.Add("guest", 0.5f);
        }));
        var described = await DescribeAsync(raw);

        Assert.Equal(7, updated.Config.QueueRateLimit.RateLimit.RequestsPerSecond);
        Assert.Equal(("too hot", "ops"), (updated.Config.QueueRateLimit.Metadata.Reason, updated.Config.QueueRateLimit.Metadata.UpdateIdentity));
        Assert.NotNull(updated.Config.QueueRateLimit.Metadata.UpdateTime);
        Assert.Equal(updated.Config, described.Config);
        Assert.Equal(7, described.EffectiveRateLimit.RequestsPerSecond);
        Assert.Equal(RateLimitSource.Api, described.EffectiveRateLimit.RateLimitSource);
    }

    [Fact]
    public async Task UpdateTaskQueueConfig_WhenAnUpdateHasNoLimit_TakesItAway()
    {
        using var raw = new RawEngine(engine.Address);
        await raw.CallAsync<UpdateTaskQueueConfigResponse>(Request(request =>
        {
            request.UpdateQueueRateLimit = Limit(0, "stop");
            request.SetFairnessWeightOverrides.Add("a", 2);
        }));

        var updated = await raw.CallAsync<UpdateTaskQueueConfigResponse>(Request(request =>
        {
            request.UpdateQueueRateLimit = new() { Reason = "go on" };
            request.UnsetFairnessWeightOverrides.Add("a");
        }));

        Assert.Null(updated.Config.QueueRateLimit.RateLimit);
        Assert.Equal("go on", updated.Config.QueueRateLimit.Metadata.Reason);
        Assert.Empty(updated.Config.FairnessWeightOverrides);
        Assert.Equal(RateLimitSource.System, (await DescribeAsync(raw)).EffectiveRateLimit.RateLimitSource);
    }

    [Fact]
    public async Task UpdateTaskQueueConfig_WhenARequestIsBad_SaysSoInAServersWords()
    {
        using var raw = new RawEngine(engine.Address);
        async Task Refused(string text, Action<UpdateTaskQueueConfigRequest> set)
        {
            var refused = await raw.RefusedAsync(Request(set));
            Assert.Equal((StatusCode.InvalidArgument, text), (refused.StatusCode, refused.Status.Detail));
        }

        await Refused("Setting rate limit on workflow task queues is not allowed.", request =>
        {
            request.TaskQueueType = TaskQueueType.Workflow;
            request.UpdateQueueRateLimit = Limit(1, "");
        });
        await Refused("Setting fairness key rate limit on workflow task queues is not allowed.", request =>
        {
            request.TaskQueueType = TaskQueueType.Workflow;
            request.UpdateFairnessKeyRateLimitDefault = Limit(1, "");
        });
        await Refused(
            "RequestsPerSecond for UpdateQueueRateLimit rate limit must be non-negative.",
            request => request.UpdateQueueRateLimit = Limit(-1, ""));
        await Refused(
            "UpdateQueueRateLimit.Reason field too long (max 1000 characters).",
            request => request.UpdateQueueRateLimit = Limit(1, new string('x', 1001)));
        await Refused(
            "Identity field too long (max 1000 characters).", request => request.Identity = new string('x', 1001));
        await Refused("fairness weight override key \"a\" present in both set and unset lists", request =>
        {
            request.SetFairnessWeightOverrides.Add("a", 1);
            request.UnsetFairnessWeightOverrides.Add("a");
        });
        await Refused(
            "fairness weight override key must not be empty",
            request => request.SetFairnessWeightOverrides.Add("", 1));
        await Refused(
            "fairness key length exceeds limit",
            request => request.UnsetFairnessWeightOverrides.Add(new string('k', 65)));
        await Refused(
            "invalid fairness weight weight for key \"a\": must be greater than zero",
            request => request.SetFairnessWeightOverrides.Add("a", 0));
        await Refused(
            "too many fairness weight overrides in request: got 1001, maximum 1000",
            request => request.UnsetFairnessWeightOverrides.AddRange(Enumerable.Range(0, 1001).Select(i => $"k{i}")));
    }

    [Fact]
    public async Task UpdateTaskQueueConfig_WhenTheWeightsGrowTooMany_KeepsWhatItHad()
    {
        using var raw = new RawEngine(engine.Address);
        await raw.CallAsync<UpdateTaskQueueConfigResponse>(Request(request => Fill(request, 0, 1000)));

        var refused = await raw.RefusedAsync(Request(request => Fill(request, 1000, 1)));

        Assert.Equal("fairness weight overrides update rejected: exceeding maximum key size", refused.Status.Detail);
        Assert.Equal(1000, (await DescribeAsync(raw)).Config.FairnessWeightOverrides.Count);
    }

    [Theory]
    [InlineData(nameof(GetWorkerBuildIdCompatibilityRequest), StatusCode.PermissionDenied,
        "Worker versioning v0.1 (Version Set-based, deprecated) is disabled on this namespace.")]
    [InlineData(nameof(GetWorkerVersioningRulesRequest), StatusCode.PermissionDenied,
        "Worker versioning v0.2 (Rules-based, deprecated) is disabled on this namespace.")]
    [InlineData(nameof(GetWorkerTaskReachabilityRequest), StatusCode.PermissionDenied,
        "Worker versioning v0.2 (Rules-based, deprecated) is disabled on this namespace.")]
    [InlineData(nameof(DescribeDeploymentRequest), StatusCode.Unimplemented,
        "Deployments are deprecated and no longer supported, use Worker Deployments instead")]
    [InlineData(nameof(FetchWorkerConfigRequest), StatusCode.Unimplemented,
        "FetchWorkerConfig command is not enabled.")]
    [InlineData(nameof(CreateWorkflowRuleRequest), StatusCode.Unimplemented,
        "method CreateWorkflowRule not supported")]
    public async Task AnRpc_WhenAServerRefusesItByDefault_IsRefusedInItsWords(string name, StatusCode code, string text)
    {
        using var raw = new RawEngine(engine.Address);
        var type = typeof(GetWorkerVersioningRulesRequest).Assembly.GetType($"Temporalio.Api.WorkflowService.V1.{name}");

        var refused = await raw.RefusedAsync((Google.Protobuf.IMessage)Activator.CreateInstance(type!)!);

        Assert.Equal((code, text), (refused.StatusCode, refused.Status.Detail));
    }

    private static void Fill(UpdateTaskQueueConfigRequest request, int first, int count)
    {
        foreach (var number in Enumerable.Range(first, count))
        {
            request.SetFairnessWeightOverrides.Add($"k{number}", 1);
        }
    }

    private static UpdateTaskQueueConfigRequest.Types.RateLimitUpdate Limit(float rate, string reason) =>
        new() { RateLimit = new RateLimit { RequestsPerSecond = rate }, Reason = reason };

    private UpdateTaskQueueConfigRequest Request(Action<UpdateTaskQueueConfigRequest> set)
    {
        var request = new UpdateTaskQueueConfigRequest
        {
            Namespace = "default",
            TaskQueue = _queue,
            TaskQueueType = TaskQueueType.Activity,
            Identity = "ops",
        };
        set(request);
        return request;
    }

    private Task<DescribeTaskQueueResponse> DescribeAsync(RawEngine raw) =>
        raw.CallAsync<DescribeTaskQueueResponse>(new DescribeTaskQueueRequest
        {
            Namespace = "default",
            TaskQueue = new TaskQueue { Name = _queue },
            TaskQueueType = TaskQueueType.Activity,
            ReportConfig = true,
        });
}
