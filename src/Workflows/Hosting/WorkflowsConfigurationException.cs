namespace AugmentedOS.Workflows.Hosting;

/// <summary>Workflows are configured or declared in a way that cannot work; the message says what is wrong, where, and
/// what to do.</summary>
public sealed class WorkflowsConfigurationException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public WorkflowsConfigurationException()
    {
    }

    /// <summary>Makes one that says what is wrong and what to do.</summary>
    public WorkflowsConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that also keeps the cause.</summary>
    public WorkflowsConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
