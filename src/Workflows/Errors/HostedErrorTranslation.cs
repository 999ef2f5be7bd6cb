using Microsoft.Extensions.DependencyInjection;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Error translation on a hosted worker.</summary>
public static class HostedErrorTranslation
{
    /// <summary>Has exceptions of this worker's activities become failures of the taxonomy.</summary>
    /// <param name="configure">Adds translations of a product's own exceptions.</param>
    /// <returns>The builder, to be continued.</returns>
    public static ITemporalWorkerServiceOptionsBuilder UseErrorTranslation(
        this ITemporalWorkerServiceOptionsBuilder builder, Action<ErrorTranslationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureOptions(options => options.UseErrorTranslation(configure));
    }
}
