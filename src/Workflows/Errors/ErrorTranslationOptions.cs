namespace AugmentedOS.Workflows.Errors;

/// <summary>How a worker's activities' exceptions become failures of the taxonomy.</summary>
public sealed class ErrorTranslationOptions
{
    private readonly List<Func<Exception, WorkflowErrorException?>> _translations = [];

    /// <summary>Translates exceptions of a product's own type, before anything else looks at them. The first that was
    /// added and gives an answer wins.</summary>
    /// <param name="translate">Gives the failure, or null where it has nothing to say of this one. The exception
    /// becomes the failure's cause where it names none.</param>
    public ErrorTranslationOptions Translate<TException>(Func<TException, WorkflowErrorException?> translate)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(translate);
        _translations.Add(exception => exception is TException typed ? translate(typed) : null);
        return this;
    }

    internal WorkflowErrorException? Translated(Exception exception)
    {
        foreach (var translate in _translations)
        {
            if (translate(exception) is { } failure)
            {
                return failure.InnerException is null ? failure.WithCause(exception) : failure;
            }
        }

        return null;
    }
}
