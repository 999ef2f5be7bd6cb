using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Sagas;

/// <summary>How a <see cref="Saga"/> compensates. Not changed once a saga has it.</summary>
public sealed record SagaOptions
{
    /// <summary>In what order compensations run; the default is <see cref="CompensationOrder.Reverse"/>.</summary>
    public CompensationOrder Order { get; init; } = CompensationOrder.Reverse;

    /// <summary>What happens when one fails for good; the default is <see cref="CompensationFailurePolicy.GoOn"/>. In
    /// parallel all have begun by then, so that only that is possible.</summary>
    public CompensationFailurePolicy OnFailure { get; init; } = CompensationFailurePolicy.GoOn;

    /// <summary>The options of activities that compensate, unless a compensation says otherwise. By default an attempt
    /// has one minute and is repeated for as long as it takes, at most five minutes apart: undoing should not give up
    /// because a service is down. Its cancellation token is not used.</summary>
    public ActivityOptions Activity { get; init; } = new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(1),
        RetryPolicy = new() { MaximumInterval = TimeSpan.FromMinutes(5) },
    };

    /// <summary>Which exceptions of the work mean that it failed and is to be undone. By default those that end a
    /// workflow: failures (<see cref="FailureException"/>) and cancellation. Any other is taken for a defect of the
    /// code: it fails the workflow's task, not the workflow, which goes on from where it stood when mended code is
    /// deployed, with nothing undone.</summary>
    public Func<Exception, bool> IsFailure { get; init; } =
        exception => exception is FailureException || TemporalException.IsCanceledException(exception);
}
