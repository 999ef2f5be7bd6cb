namespace AugmentedOS.Workflows.Errors;

/// <summary>What an activity depends on, as far as it decides how long to wait for it and how to try again.</summary>
public enum DependencyKind
{
    /// <summary>A database of one's own: fast, and back within minutes after a failover.</summary>
    Database,

    /// <summary>A service that colleagues run: back after a deployment.</summary>
    InternalService,

    /// <summary>Somebody else's API: it may be down for hours, and limits the rate.</summary>
    ExternalApi,

    /// <summary>Where money moves: slow, and an answer that did not come says nothing about what happened.</summary>
    PaymentProvider,

    /// <summary>The outgoing mail server.</summary>
    Email,

    /// <summary>A person who answers.</summary>
    Human,
}
