namespace AugmentedOS.Engine.Visibility;

/// <summary>What else the index of attribute values says of a value and its run.</summary>
[Flags]
internal enum AttributeFlags
{
    None = 0,

    /// <summary>The run has more than one value of this attribute: it may turn up twice in a range.</summary>
    OneOfSeveral = 1,

    /// <summary>The run is in a division of its namespace, so that ordinary queries do not see it.</summary>
    InDivision = 2,
}
