namespace AugmentedOS.Workflows.Errors;

/// <summary>What went wrong, as far as it decides what happens next. The set is closed: every failure of an activity or
/// a workflow is of one of these kinds, and each kind has one line in <see cref="ErrorKinds.All"/>.</summary>
/// <remarks>A product's own distinctions go into the error's code (<see cref="WorkflowError.Code"/>), not into new
/// kinds.</remarks>
public enum ErrorKind
{
    /// <summary>What was asked for makes no sense, whatever the state of the system. The caller has to correct
    /// it.</summary>
    InvalidInput,

    /// <summary>It makes sense, and a rule of the business forbids it now: no cover, no stock, a closed
    /// period.</summary>
    BusinessRule,

    /// <summary>It met another state than it was made for: somebody else was quicker, it exists already, it was
    /// stopped.</summary>
    Conflict,

    /// <summary>What it is about does not exist, or does no more.</summary>
    NotFound,

    /// <summary>The caller is not known or may not do it: a permission, a key, a token that ran out.</summary>
    Unauthorized,

    /// <summary>It failed, and the same attempt may succeed a moment later: a lock, a lost connection, a
    /// time-out.</summary>
    Transient,

    /// <summary>There were too many calls; the dependency is well, and says or lets guess when to come again.</summary>
    Throttled,

    /// <summary>A dependency cannot be reached or says itself that it is down. It may take minutes or hours.</summary>
    DependencyDown,

    /// <summary>It cannot be processed however often it is tried: damaged data, a defect. A person has to look at
    /// it.</summary>
    Poisoned,
}
