using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>A name that queries can filter on, and the type of its values.</summary>
internal sealed record SearchAttribute(string Name, IndexedValueType Type, SearchAttributeOrigin Origin)
{
    /// <summary>Values have no order and a row may have several: a filter asks whether any of them matches.</summary>
    public bool IsMultiValued => Type is IndexedValueType.KeywordList or IndexedValueType.Text;
}

internal enum SearchAttributeOrigin
{
    /// <summary>A field of the run itself; nobody can set it.</summary>
    System,

    /// <summary>Known in every namespace and stored with the custom ones; workflows may set it.</summary>
    Predefined,

    /// <summary>As predefined, but only the server writes it.</summary>
    ServerSet,

    /// <summary>Registered in one namespace by its users.</summary>
    Custom,
}
