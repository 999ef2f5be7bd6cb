using System.Collections.Immutable;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>How a query goes about it. The answer is the same.</summary>
internal abstract record SearchPlan
{
    private SearchPlan()
    {
    }

    /// <summary>Along the list in its order until the page is full: right when many match.</summary>
    public sealed record Walk : SearchPlan;

    /// <summary>
    /// Along the runs with a value, which the index has in the order of lists; or with one of a range, which are sorted.
    /// </summary>
    /// <param name="Leaf">Required by the filter, and about an attribute that is rows of its own.</param>
    public sealed record ByValue(Condition Leaf) : SearchPlan;

    /// <summary>First the runs for which one of these holds, then sorted: right when they are few.</summary>
    /// <param name="Leaves">Every match has one of them.</param>
    public sealed record Gather(ImmutableArray<Condition> Leaves) : SearchPlan;
}
