using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>How a query goes about it. The answer is the same.</summary>
internal enum SearchPlan
{
    /// <summary>Along the list in its order until the page is full: right when many match.</summary>
    Walk,

    /// <summary>First the runs that the filter names by id, then sorted.</summary>
    ByRun,

    /// <summary>First the runs that have an attribute's value, then sorted: right when few have it.</summary>
    ByAttribute,
}

/// <summary>SQLite has no statistics of the values, so a look into the index decides.</summary>
internal static class SearchPlans
{
    private const int Few = 1_000;

    public static SearchPlan Choose(Database database, VisibilityScope scope, Condition where)
    {
        if (PlanHint.NamesItsRuns(where))
        {
            return SearchPlan.ByRun;
        }

        if (PlanHint.RequiredValue(where) is not { } value)
        {
            return SearchPlan.Walk;
        }

        using var matches = VisibilitySelect.Matches(scope, value, Few + 1).Prepare(database);
        return matches.Step() && matches.Number(0) <= Few ? SearchPlan.ByAttribute : SearchPlan.Walk;
    }
}
