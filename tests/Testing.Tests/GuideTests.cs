using AugmentedOS.Testing.Engines;
using AugmentedOS.Testing.Fixtures;
using AugmentedOS.Testing.Histories;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.Testing.Tests;

/// <summary>The examples of docs/guides/testing.md, which has their text.</summary>
public sealed class GuideTests
{
    [Fact]
    public async Task Invoice_WhenNobodyPays_IsRemindedAndExpires()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<InvoiceWorkflow>());
        var remind = test.Activity((IMail mail) => mail.RemindAsync(default!)).Completes();

        var outcome = await test.ExecuteWorkflowAsync((InvoiceWorkflow invoice) => invoice.RunAsync("i-1", 3));

        Assert.Equal("expired after 3 reminders", outcome);   // three weeks, in milliseconds
        remind.WasCalled(times: 3);
    }

    [Fact]
    public async Task Invoice_WhenItIsPaid_Ends()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<InvoiceWorkflow>());
        var remind = test.Activity((IMail mail) => mail.RemindAsync(default!)).Completes();

        var invoice = await test.StartWorkflowAsync((InvoiceWorkflow workflow) => workflow.RunAsync("i-1", 3));
        await test.DelayAsync(TimeSpan.FromDays(10));
        await invoice.SignalAsync(workflow => workflow.PayAsync(100));

        Assert.Equal("paid 100", await invoice.GetResultAsync());
        remind.WasCalled(times: 1);
        (await invoice.FetchHistoryAsync()).Should()
            .HaveInOrder(
                HistoryStep.Timer(TimeSpan.FromDays(7)), HistoryStep.Activity("Remind"), HistoryStep.Signal("Pay"))
            .HaveEndedWith(EventType.WorkflowExecutionCompleted);
    }

    [Fact]
    public async Task Invoice_WhenTheMailServerIsDown_IsRemindedLater()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<InvoiceWorkflow>());
        var remind = test.Activity((IMail mail) => mail.RemindAsync(default!))
            .Fails(times: 2)                        // an error worth a retry
            .TimesOut(times: 1)                     // hangs until its timeout
            .Completes();

        await test.ExecuteWorkflowAsync((InvoiceWorkflow invoice) => invoice.RunAsync("i-1", 1));

        Assert.Equal([1, 2, 3, 4], remind.Calls.Select(call => call.Attempt));
        Assert.Equal("i-1", remind.Calls[0].Argument<string>(0));
    }

    [Fact]
    public async Task Invoice_WhenMailIsRefused_Fails()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<InvoiceWorkflow>());
        test.Activity((IMail mail) => mail.RemindAsync(default!))
            .Throws(new ApplicationFailureException("no such address", "BadAddress", nonRetryable: true));

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => test.ExecuteWorkflowAsync(
            (InvoiceWorkflow invoice) => invoice.RunAsync("i-1", 1)));

        Assert.Contains("no such address", $"{failure}");
    }

    [Fact]
    public async Task Invoice_WhenEverythingGoesDown_IsStillPaidOnce()
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<InvoiceWorkflow>(), new() { Engine = TestEngine.InFile() });
        test.DeliverTwice((InvoiceWorkflow workflow) => workflow.PayAsync(default));
        var invoice = await test.StartWorkflowAsync((InvoiceWorkflow workflow) => workflow.RunAsync("i-1", 3));
        await test.WaitForAsync(invoice, HistoryStep.Timer(TimeSpan.FromDays(7)));

        await test.StopWorkerAsync();
        await test.CrashEngineAsync();
        await invoice.SignalAsync(workflow => workflow.PayAsync(100));
        await test.StartWorkerAsync();

        Assert.Equal("paid 100", await invoice.GetResultAsync());
    }

    [Fact]
    public async Task Invoice_WhenItIsPaid_DoesWhatItAlwaysDid()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<InvoiceWorkflow>());
        var invoice = await test.StartWorkflowAsync((InvoiceWorkflow workflow) => workflow.RunAsync("i-1", 3));
        await test.WaitForAsync(invoice, HistoryStep.Timer(TimeSpan.FromDays(7)));
        await invoice.SignalAsync(workflow => workflow.PayAsync(100));
        await invoice.GetResultAsync();

        await test.MatchesGoldenAsync(invoice);
    }

    public interface IMail
    {
        [Activity]
        Task RemindAsync(string invoice);
    }

    [Workflow]
    public sealed class InvoiceWorkflow
    {
        private static readonly ActivityOptions Mail = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };

        private decimal? _paid;

        [WorkflowRun]
        public async Task<string> RunAsync(string invoice, int reminders)
        {
            for (var sent = 0; sent < reminders; sent++)
            {
                if (await Workflow.WaitConditionAsync(() => _paid is not null, TimeSpan.FromDays(7)))
                {
                    return $"paid {_paid}";
                }

                await Workflow.ExecuteActivityAsync((IMail mail) => mail.RemindAsync(invoice), Mail);
            }

            return $"expired after {reminders} reminders";
        }

        [WorkflowSignal]
        public Task PayAsync(decimal amount)
        {
            _paid ??= amount;
            return Task.CompletedTask;
        }
    }

    public sealed class InvoiceTests : WorkflowTestBase
    {
        protected override void AddTo(TemporalWorkerOptions worker) => worker.AddWorkflow<InvoiceWorkflow>();

        [Fact]
        public async Task Invoice_WhenItBegins_Waits()
        {
            await Test.StartWorkflowAsync((InvoiceWorkflow invoice) => invoice.RunAsync("i-1", 3));

            Assert.Single(await Test.ListWorkflowsAsync("ExecutionStatus = 'Running'"));
        }
    }
}
