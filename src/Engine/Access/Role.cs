namespace AugmentedOS.Engine.Access;

/// <summary>What somebody may do, in one namespace or in all. Several may be held at once; a higher one includes the
/// lower.</summary>
[Flags]
internal enum Role
{
    None = 0,

    /// <summary>To do a worker's work: poll, answer, read the histories of its tasks.</summary>
    Worker = 1,

    /// <summary>To read.</summary>
    Reader = 2,

    /// <summary>To do everything but administer.</summary>
    Writer = 4,

    /// <summary>To do everything.</summary>
    Admin = 8,
}
