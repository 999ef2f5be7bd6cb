using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Polling;

/// <content>In a workflow.</content>
public static partial class Poll
{
    /// <summary>For workflows: asks, waits, asks again, with a growing distance, and continues as new before the history gets long. The
    /// last statement of a workflow that does nothing else; others start that one as a child.</summary>
    /// <param name="askAsync">Asks once, with an activity. What it throws ends the poll.</param>
    /// <param name="options">How often and for how long.</param>
    /// <param name="progress">What the run before handed over; null in the first.</param>
    /// <param name="continueWith">Makes the next run's start with the progress that it goes on from, by
    /// <c>Workflow.CreateContinueAsNewException</c>.</param>
    /// <exception cref="WorkflowErrorException">The deadline has passed: a failure with the code <see cref="DeadlineCode"/>.</exception>
    /// <exception cref="ContinueAsNewException">The next run goes on; not to be caught.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public static async Task<TValue> PeriodicallyAsync<TValue>(
        Func<Task<PollAnswer<TValue>>> askAsync,
        PeriodicPollOptions options,
        PollProgress? progress,
        Func<PollProgress, ContinueAsNewException> continueWith)
    {
        InWorkflow.Require("Poll.PeriodicallyAsync");
        ArgumentNullException.ThrowIfNull(askAsync);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(continueWith);
        options.Check();
        progress ??= new(0, Workflow.UtcNow);
        for (var inRun = 1; ; inRun++)
        {
            var answer = await askAsync();
            progress = progress with { Asked = progress.Asked + 1 };
            if (answer.IsReady)
            {
                return answer.Value!;
            }

            var left = progress.StartedAt + options.Deadline - Workflow.UtcNow;
            if (left <= TimeSpan.Zero)
            {
                throw Fail.Transient($"Not ready after {options.Deadline} and {progress.Asked} questions.")
                    .WithCode(DeadlineCode).NotRetried();
            }

            // The last question is asked at the deadline.
            var wait = answer.Wait(options.DelayAfter(progress.Asked));
            await Workflow.DelayAsync(wait < left ? wait : left);
            if (inRun >= options.QuestionsPerRun || Workflow.ContinueAsNewSuggested)
            {
                await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
                throw continueWith(progress);
            }
        }
    }
}
