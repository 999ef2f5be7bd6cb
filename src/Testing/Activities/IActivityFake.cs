using System.Reflection;

namespace AugmentedOS.Testing.Activities;

/// <summary>A fake, whatever it returns.</summary>
internal interface IActivityFake
{
    /// <summary>The method it stands for, which tells the types of arguments; null when only its name is
    /// known.</summary>
    MethodInfo? Method { get; }

    /// <exception cref="UnansweredCallException">It has nothing to say to this call, and nothing is
    /// registered.</exception>
    Task<object?> AnswerAsync(AnsweredCall call);
}

/// <summary>Nothing says what a called activity does.</summary>
internal sealed class UnansweredCallException : Exception;
