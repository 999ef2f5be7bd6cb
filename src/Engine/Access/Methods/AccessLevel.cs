namespace AugmentedOS.Engine.Access.Methods;

/// <summary>What a method asks of its caller.</summary>
internal enum AccessLevel
{
    /// <summary>Nothing: it tells nothing that is anybody's.</summary>
    Open,

    /// <summary>To read.</summary>
    Read,

    /// <summary>To read; a worker may as well, because it cannot work without.</summary>
    ReadForWork,

    /// <summary>To work, or to write.</summary>
    Work,

    /// <summary>To write.</summary>
    Write,

    /// <summary>To administer.</summary>
    Admin,
}
