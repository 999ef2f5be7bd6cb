using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Which search attributes a namespace has. Immutable: a change makes a new catalog.</summary>
internal sealed class SearchAttributeCatalog
{
    /// <summary>
    /// Custom attributes of one type in one namespace. A SQL-backed server has 3 to 10 columns a type and refuses more
    /// with this text; attributes are rows here, so the only need is a bound. 100 is as many as one workflow may set.
    /// </summary>
    public const int MaxCustomOfOneType = 100;

    private readonly ImmutableSortedDictionary<string, IndexedValueType> _custom;

    public SearchAttributeCatalog(ImmutableSortedDictionary<string, IndexedValueType> custom) => _custom = custom;

    public static SearchAttributeCatalog Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, IndexedValueType>(StringComparer.Ordinal));

    /// <summary>The custom ones: name → type. This is what a namespace keeps.</summary>
    public ImmutableSortedDictionary<string, IndexedValueType> Custom => _custom;

    /// <summary>The attribute of exactly this name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out SearchAttribute? attribute)
    {
        if (BuiltInSearchAttributes.All.TryGetValue(name, out attribute))
        {
            return true;
        }

        attribute = _custom.TryGetValue(name, out var type)
            ? new SearchAttribute(name, type, SearchAttributeOrigin.Custom)
            : null;
        return attribute is not null;
    }

    /// <summary>
    /// OperatorService.AddSearchAttributes. An attribute that exists stays as it is, whatever type is asked for:
    /// adding is idempotent, and the type of stored values cannot change.
    /// </summary>
    public Validated<SearchAttributeCatalog> Add(IEnumerable<KeyValuePair<string, IndexedValueType>> attributes)
    {
        var asked = attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        if (asked.Count == 0)
        {
            return Rejection.InvalidArgument("SearchAttributes are not set on request.");
        }

        var custom = _custom.ToBuilder();
        foreach (var (name, type) in asked)
        {
            if (name.Length == 0 || BuiltInSearchAttributes.IsReserved(name))
            {
                return Rejection.InvalidArgument($"Search attribute {name} is reserved by system.");
            }

            if (type is IndexedValueType.Unspecified || !Enum.IsDefined(type))
            {
                return Rejection.InvalidArgument($"Unknown search attribute type: {DescribeUnknown(type)}.");
            }

            custom.TryAdd(name, type);
        }

        return CheckLimits(custom.ToImmutable());
    }

    /// <summary>OperatorService.RemoveSearchAttributes. Names that are not there are ignored.</summary>
    public Validated<SearchAttributeCatalog> Remove(IEnumerable<string> names)
    {
        var asked = names.Order(StringComparer.Ordinal).ToList();
        if (asked.Count == 0)
        {
            return Rejection.InvalidArgument("SearchAttributes are not set on request.");
        }

        foreach (var name in asked)
        {
            if (BuiltInSearchAttributes.All.ContainsKey(name))
            {
                return Rejection.InvalidArgument($"Unable to remove non-custom search attributes: {name}.");
            }
        }

        return new SearchAttributeCatalog(_custom.RemoveRange(asked));
    }

    /// <summary>OperatorService.ListSearchAttributes.</summary>
    public ListSearchAttributesResponse ToListResponse()
    {
        var response = new ListSearchAttributesResponse();
        response.CustomAttributes.Add(_custom);
        foreach (var (name, attribute) in BuiltInSearchAttributes.All.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            response.SystemAttributes.Add(name, attribute.Type);
        }

        return response;
    }

    /// <summary>WorkflowService.GetSearchAttributes: every name, whatever its origin.</summary>
    public GetSearchAttributesResponse ToGetResponse()
    {
        var response = new GetSearchAttributesResponse();
        var builtIn = BuiltInSearchAttributes.All.Values
            .Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Type));
        foreach (var (name, type) in _custom.Concat(builtIn).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            response.Keys.Add(name, type);
        }

        return response;
    }

    private static string DescribeUnknown(IndexedValueType type) =>
        type is IndexedValueType.Unspecified ? "Unspecified" : ((int)type).ToString();

    private static Validated<SearchAttributeCatalog> CheckLimits(
        ImmutableSortedDictionary<string, IndexedValueType> custom)
    {
        foreach (var ofType in custom.GroupBy(pair => pair.Value).OrderBy(group => group.Key))
        {
            if (ofType.Count() > MaxCustomOfOneType)
            {
                return Rejection.InvalidArgument(
                    "Unable to create search attributes: cannot have more than " +
                    $"{MaxCustomOfOneType} search attribute of type {ofType.Key}.");
            }
        }

        return new SearchAttributeCatalog(custom);
    }
}
