using AugmentedOS.Testing.Histories;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Xunit.Sdk;

namespace AugmentedOS.Testing.Tests.Histories;

/// <summary>What assertions on histories see, and what they say.</summary>
public sealed class HistoryAssertionsTests : IAsyncLifetime
{
    private WorkflowHistory _history = null!;

    public async ValueTask InitializeAsync()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await test.DelayAsync(TimeSpan.FromHours(1));
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));
        await order.GetResultAsync();
        _history = await order.FetchHistoryAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void History_WhenItIsAsExpected_PassesAll() => _history.Should()
        .HaveScheduled("Charge", times: 1)
        .HaveStartedTimer(TimeSpan.FromDays(30))
        .HaveReceivedSignal("Approve", times: 1)
        .HaveNo(HistoryStep.Child("NapWorkflow"))
        .HaveInOrder(
            HistoryStep.Activity("Charge"),
            HistoryStep.Signal("Approve"),
            HistoryStep.Event(EventType.TimerCanceled),
            HistoryStep.Activity("Ship"))
        .HaveEndedWith(EventType.WorkflowExecutionCompleted);

    [Fact]
    public void Count_WhenItDiffers_PrintsTheHistory()
    {
        var failure = Fails(history => history.HaveScheduled("Charge", times: 3));

        Assert.StartsWith("Expected activity 'Charge' scheduled 3 times but found it once.", failure);
        Assert.Contains("""ActivityTaskScheduled              Charge("o-1", 12.50)""", failure);
        Assert.Contains("""WorkflowExecutionSignaled          Approve("lead")""", failure);
        Assert.Contains("""ActivityTaskCompleted              of 5: "receipt of o-1""", failure);
        Assert.Contains("timer 1 for 30d", failure);
        Assert.DoesNotContain("WorkflowTaskCompleted", failure);
    }

    [Fact]
    public void Order_WhenItDiffers_NamesWhatIsMissingAfterWhat() => Assert.Contains(
        "There is no activity 'Charge' scheduled after activity 'Ship' scheduled.",
        Fails(history => history.HaveInOrder(HistoryStep.Activity("Ship"), HistoryStep.Activity("Charge"))));

    [Fact]
    public void End_WhenItDiffers_NamesTheLastEvent() => Assert.Contains(
        "but its last event is WorkflowExecutionCompleted",
        Fails(history => history.HaveEndedWith(EventType.WorkflowExecutionFailed)));

    [Fact]
    public void Absence_WhenItIsThere_SaysSo() => Assert.Contains(
        "Expected signal 'Approve' received not at all but found it once.",
        Fails(history => history.HaveNo(HistoryStep.Signal("Approve"))));

    private string Fails(Action<HistoryAssertions> assertion) =>
        Assert.IsAssignableFrom<XunitException>(Record.Exception(() => assertion(_history.Should()))).Message;
}
