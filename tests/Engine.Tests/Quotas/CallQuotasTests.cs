using System.Collections.Immutable;
using AugmentedOS.Engine.Access.Methods;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Quotas;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Tests.Quotas;

public sealed class CallQuotasTests
{
    private static readonly MethodProfile Start = Method("StartWorkflowExecution");
    private static readonly MethodProfile List = Method("ListWorkflowExecutions");
    private static readonly MethodProfile Poll = Method("PollWorkflowTaskQueue");
    private static readonly QuotaLimits None = new(0, 0, 2, 0, 1, 0);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Rate_WhenThereIsNone_LetsAllIn()
    {
        var quotas = new CallQuotas(None, _time);

        Assert.True(quotas.AreNone);
        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.Null(quotas.Enter(Start, "n", waits: true, isOperator: false)));
    }

    [Fact]
    public void NamespaceRate_WhenANamespaceHasItsOwn_GoesByThat()
    {
        var own = EngineLimits.Default with { NamespaceCallsPerSecond = 3 };
        var limits = EngineLimits.Default with
        {
            OfNamespaces = ImmutableDictionary<string, EngineLimits>.Empty.Add("a", own),
        };
        var quotas = new CallQuotas(QuotaLimits.Of(limits), _time);

        Assert.False(quotas.AreNone);
        Assert.Equal(6, Taken(quotas, Start, "a"));
        Assert.Null(quotas.Enter(Start, "b", false, false));
    }

    [Fact]
    public void NamespaceRate_WhenUsedUp_RefusesUntilTimeGoesBy()
    {
        var quotas = new CallQuotas(None with { NamespaceCalls = 5 }, _time);

        Assert.Equal(10, Taken(quotas, Start, "a"));
        AssertExhausted(
            quotas.Enter(Start, "a", false, false), "namespace rate limit exceeded", ResourceExhaustedCause.RpsLimit,
            ResourceExhaustedScope.Namespace);
        Assert.Equal(10, Taken(quotas, Start, "b"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, Taken(quotas, Start, "a"));
    }

    [Fact]
    public void EngineRate_WhenUsedUp_RefusesAllNamespaces()
    {
        var quotas = new CallQuotas(None with { Calls = 3 }, _time);

        Assert.Equal(3, Taken(quotas, Start, "a"));
        AssertExhausted(
            quotas.Enter(Start, "b", false, false), "service rate limit exceeded", ResourceExhaustedCause.RpsLimit,
            ResourceExhaustedScope.System);
        AssertExhausted(
            quotas.Enter(Start, "", false, false), "service rate limit exceeded", ResourceExhaustedCause.RpsLimit,
            ResourceExhaustedScope.System);
    }

    [Fact]
    public void Lists_WhenTheirRateIsUsedUp_LeaveOtherCallsAlone()
    {
        var quotas = new CallQuotas(None with { NamespaceLists = 2, NamespaceCalls = 5 }, _time);

        Assert.Equal(2, Taken(quotas, List, "a"));
        Assert.Equal(10, Taken(quotas, Start, "a"));
    }

    [Fact]
    public void Priority_WhenThereIsTooMuch_KeepsTheImportantGoing()
    {
        var quotas = new CallQuotas(None with { NamespaceCalls = 5 }, _time);

        Assert.Equal(10, Taken(quotas, Poll, "a"));
        Assert.Equal(10, Taken(quotas, Start, "a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, Taken(quotas, Start, "a"));
        Assert.Equal(0, Taken(quotas, Poll, "a"));
    }

    [Fact]
    public void Operators_WhenOthersUsedEverything_StillGetTheirShare()
    {
        var quotas = new CallQuotas(None with { NamespaceCalls = 50, Calls = 100 }, _time);
        Assert.Equal(100, Taken(quotas, Start, "a"));

        Assert.Null(quotas.Enter(Start, "a", waits: false, isOperator: true));
    }

    [Fact]
    public void Waits_WhenTooMany_AreRefusedUntilOneEnds()
    {
        var quotas = new CallQuotas(None with { NamespaceWaits = 2 }, _time);
        Assert.Null(quotas.Enter(Poll, "a", waits: true, false));
        Assert.Null(quotas.Enter(Poll, "a", waits: true, false));

        AssertExhausted(
            quotas.Enter(Poll, "a", waits: true, false), "namespace concurrent poller limit exceeded",
            ResourceExhaustedCause.ConcurrentLimit, ResourceExhaustedScope.Namespace);
        Assert.Null(quotas.Enter(Method("PollActivityTaskQueue"), "a", waits: true, false));
        Assert.Null(quotas.Enter(Poll, "b", waits: true, false));
        quotas.Leave(Poll, "a");
        Assert.Null(quotas.Enter(Poll, "a", waits: true, false));
    }

    [Fact]
    public void Wait_WhenItsRateIsUsedUp_HoldsNoPlace()
    {
        var quotas = new CallQuotas(None with { NamespaceWaits = 1, NamespaceCalls = 1, NamespaceBurst = 1 }, _time);
        Assert.Null(quotas.Enter(Poll, "a", waits: true, false));
        quotas.Leave(Poll, "a");
        Assert.NotNull(quotas.Enter(Poll, "a", waits: true, false));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(quotas.Enter(Poll, "a", waits: true, false));
    }

    private static MethodProfile Method(string name) =>
        MethodTable.Find("temporal.api.workflowservice.v1.WorkflowService", name)!;

    private static int Taken(CallQuotas quotas, MethodProfile method, string ns) =>
        Enumerable.Range(0, 1000).TakeWhile(_ => quotas.Enter(method, ns, false, false) is null).Count();

    private static void AssertExhausted(
        Rejection? rejection, string message, ResourceExhaustedCause cause, ResourceExhaustedScope scope)
    {
        Assert.Equal(message, rejection?.Message);
        Assert.Equal(new ResourceExhaustedFailure { Cause = cause, Scope = scope }, rejection?.Detail);
    }
}
