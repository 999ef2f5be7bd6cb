namespace AugmentedOS.Engine.Hosting;

/// <summary>The engine could not start; the message says what is wrong and what to do about it.</summary>
public sealed class EngineStartException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public EngineStartException()
    {
    }

    /// <summary>Makes one that says what is wrong and what to do about it.</summary>
    public EngineStartException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that also keeps the cause.</summary>
    public EngineStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
