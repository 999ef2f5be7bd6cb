namespace AugmentedOS.Testing;

/// <summary>A test of a workflow went wrong in a way that the test's own assertions do not see: the kit was used in a
/// way that cannot work, a workflow's task failed, a history does not replay. The message says what to do.</summary>
public sealed class WorkflowTestException : Exception
{
    /// <summary>Says only that something went wrong.</summary>
    public WorkflowTestException()
    {
    }

    /// <param name="message">What was wrong, where, and what to do.</param>
    public WorkflowTestException(string message)
        : base(message)
    {
    }

    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public WorkflowTestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
