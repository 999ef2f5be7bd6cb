namespace AugmentedOS.Engine.Access.Methods;

/// <summary>Where a caller must hold the role.</summary>
internal enum MethodScope
{
    /// <summary>In the namespace that the request names, or in the whole engine.</summary>
    Namespace,

    /// <summary>In the whole engine.</summary>
    Cluster,
}
