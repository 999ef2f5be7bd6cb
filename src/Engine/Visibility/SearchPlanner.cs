using System.Collections.Immutable;
using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Chooses by a look into the indexes, because SQLite has no statistics of the values.</summary>
internal sealed class SearchPlanner(Database database, VisibilityScope scope, Condition where)
{
    /// <summary>So many rows are looked up in a few milliseconds.</summary>
    public const int Few = 2_000;

    /// <summary>So many entries of the index are read and sorted in a few milliseconds.</summary>
    public const int FewEntries = 20_000;

    /// <summary>A filter may have 2,000 parts; not each is worth a look.</summary>
    private const int MostLooks = 16;

    private int _looks;

    /// <summary>For a page in the order of lists.</summary>
    public SearchPlan ForList()
    {
        if (ForFew() is { } few)
        {
            return few;
        }

        if (Seekable.Required(where).FirstOrDefault(Seekable.IsOneValue) is { } value)
        {
            return new SearchPlan.ByValue(value);
        }

        var range = Seekable.Required(where)
            .Where(leaf => Seekable.IsValue(leaf) && Seekable.IsDecidedByIndex(where, leaf))
            .FirstOrDefault(leaf => Look(leaf, FewEntries) <= FewEntries);
        return range is null ? new SearchPlan.Walk() : new SearchPlan.ByValue(range);
    }

    /// <summary>For all that match: there is no page that could be full before the end.</summary>
    public SearchPlan ForCount()
    {
        if (ForFew() is { } few)
        {
            return few;
        }

        var values = Seekable.Required(where).Where(Seekable.IsValue).ToList();
        var value = values.FirstOrDefault(Seekable.IsOneValue) ?? values.FirstOrDefault();
        return value is null ? new SearchPlan.Walk() : new SearchPlan.ByValue(value);
    }

    /// <summary>For runs in the order of their numbers.</summary>
    public SearchPlan ForNumbers() =>
        Smallest(where) is { Entries: <= Few } found
            ? new SearchPlan.Gather(found.Leaves)
            : new SearchPlan.Walk();

    private SearchPlan? ForFew() => Smallest(where) switch
    {
        { Entries: <= Few, Leaves: [var only] } when Seekable.IsValue(only) => new SearchPlan.ByValue(only),
        { Entries: <= Few } found => new SearchPlan.Gather(found.Leaves),
        _ => null,
    };

    /// <summary>The leaves of which every match has one and that have the fewest entries; null when there are none.</summary>
    private Found? Smallest(Condition condition) => condition switch
    {
        Condition.All all => SmallestOf(all.Terms),
        Condition.Any any => SumOf(any.Terms),
        _ when Seekable.IsLeaf(condition) && _looks < MostLooks => new Found([condition], Look(condition, Few)),
        _ => null,
    };

    private Found? SmallestOf(ImmutableArray<Condition> terms)
    {
        Found? smallest = null;
        foreach (var term in terms)
        {
            if (Smallest(term) is { } found && (smallest is null || found.Entries < smallest.Entries))
            {
                smallest = found;
            }
        }

        return smallest;
    }

    private Found? SumOf(ImmutableArray<Condition> terms)
    {
        var sum = new Found([], 0);
        foreach (var term in terms)
        {
            if (sum.Entries > Few || Smallest(term) is not { } found)
            {
                return null;
            }

            sum = new Found([.. sum.Leaves, .. found.Leaves], sum.Entries + found.Entries);
        }

        return sum;
    }

    /// <summary>How many entries a leaf has, counted just beyond the limit.</summary>
    private long Look(Condition leaf, int limit)
    {
        _looks++;
        using var entries = VisibilitySelect.Entries(scope, leaf, limit + 1).Prepare(database);
        return entries.Step() ? entries.Number(0) : 0;
    }

    private sealed record Found(ImmutableArray<Condition> Leaves, long Entries);
}
