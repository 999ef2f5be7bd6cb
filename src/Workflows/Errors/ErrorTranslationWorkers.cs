using Temporalio.Worker;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Error translation on a worker.</summary>
public static class ErrorTranslationWorkers
{
    /// <summary>Has exceptions of this worker's activities become failures of the taxonomy.</summary>
    /// <param name="configure">Adds translations of a product's own exceptions.</param>
    /// <exception cref="InvalidOperationException">The worker translates already.</exception>
    public static TOptions UseErrorTranslation<TOptions>(
        this TOptions options, Action<ErrorTranslationOptions>? configure = null)
        where TOptions : TemporalWorkerOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Interceptors?.OfType<ErrorTranslationInterceptor>().Any() == true)
        {
            throw new InvalidOperationException(
                $"The worker of task queue \"{options.TaskQueue}\" translates errors already: call "
                    + "UseErrorTranslation once, and put all translations into that call.");
        }

        var translation = new ErrorTranslationOptions();
        configure?.Invoke(translation);
        options.Interceptors = [.. options.Interceptors ?? [], new ErrorTranslationInterceptor(translation)];
        return options;
    }
}
