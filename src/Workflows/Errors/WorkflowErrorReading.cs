namespace AugmentedOS.Workflows.Errors;

/// <summary>Reading errors where they are caught.</summary>
public static class WorkflowErrorReading
{
    /// <summary>Whether the failure is of this kind: <c>catch (ActivityFailureException e) when
    /// (e.Is(ErrorKind.NotFound))</c>. A step that somebody stopped is of no kind here, so that no handler takes it for
    /// a failure.</summary>
    public static bool Is(this Exception exception, ErrorKind kind)
    {
        var error = WorkflowError.From(exception);
        return error.Kind == kind && !error.IsCanceled;
    }

    /// <summary>Whether the failure has this code.</summary>
    public static bool HasCode(this Exception exception, string code) =>
        string.Equals(WorkflowError.From(exception).Code, code, StringComparison.Ordinal);
}
