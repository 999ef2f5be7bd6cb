using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Lets activities throw what they like: an exception that is no failure of the SDK leaves the worker as a
/// failure of the taxonomy, with the original, its stack included, as cause. Added by
/// <see cref="ErrorTranslationWorkers.UseErrorTranslation"/>.</summary>
/// <remarks>
/// Left alone: failures that the activity raised on purpose, the answer to a cancellation that was asked for (the
/// activity ends as canceled), pauses and resets, and <see cref="CompleteAsyncException"/>. One exception is one object
/// more: no cost while nothing is thrown but a task.
/// </remarks>
public sealed class ErrorTranslationInterceptor : IWorkerInterceptor
{
    private readonly ErrorTranslationOptions _options;

    /// <summary>Translates with these options.</summary>
    public ErrorTranslationInterceptor(ErrorTranslationOptions? options = null) => _options = options ?? new();

    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
        new Inbound(nextInterceptor, _options);

    private sealed class Inbound(ActivityInboundInterceptor next, ErrorTranslationOptions options)
        : ActivityInboundInterceptor(next)
    {
        public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            try
            {
                return await Next.ExecuteActivityAsync(input).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsToTranslate(exception))
            {
                throw Translate(exception);
            }
        }

        private WorkflowErrorException Translate(Exception exception)
        {
            if (options.Translated(exception) is { } failure)
            {
                return failure;
            }

            if (exception is OperationCanceledException
                && ActivityExecutionContext.Current.WorkerShutdownToken.IsCancellationRequested)
            {
                return Fail.Transient("The worker was shut down while the activity ran.")
                    .WithCode("worker-shutdown").WithCause(exception).Expected();
            }

            var error = WorkflowError.From(exception);

            // An activity that canceled something of its own was not itself canceled: it failed.
            return error.IsCanceled
                ? Fail.Transient(exception.Message).WithCode("canceled").WithCause(exception)
                : error.ToException(exception);
        }

        private static bool IsToTranslate(Exception exception) => exception switch
        {
            FailureException or CompleteAsyncException => false,
            OperationCanceledException => !ActivityExecutionContext.Current.CancellationToken.IsCancellationRequested,
            _ => true,
        };
    }
}
