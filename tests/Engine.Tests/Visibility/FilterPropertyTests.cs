using System.Collections.Immutable;
using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using CsCheck;
using Google.Protobuf;

namespace AugmentedOS.Engine.Tests.Visibility;

/// <summary>
/// Random queries over random runs: SQL and the row-by-row meaning agree, and no text breaks anything.
/// </summary>
public sealed class FilterPropertyTests
{
    [Fact]
    public void Filter_WhenRandom_FindsWhatItMeans() =>
        Gen.Select(RandomRuns.Some, RandomQueries.Any.List[12]).Sample((runs, queries) =>
        {
            using var file = new VisibilityFile();
            var records = runs.Select(run => run(file)).ToList();
            foreach (var query in queries)
            {
                var where = Bind(query).Where;
                var expected = Meaning(where, records);
                foreach (var plan in Plans(where))
                {
                    var found = RunIds(file, where, plan);
                    Assert.True(
                        expected.SequenceEqual(found),
                        $"{query} ({plan})\nexpected {string.Join(' ', expected)}\nfound {string.Join(' ', found)}");
                    using var count = VisibilitySelect.Count(file.Scope, where, plan).Prepare(file.Database);
                    Assert.True(count.Step() && count.Number(0) == expected.Count, $"{query} ({plan})");
                }

                Assert.Equal(expected.Count, file.Count(query).Total);
                Assert.Equal(expected.Count, file.Count($"{query} GROUP BY ExecutionStatus").Total);
            }
        }, iter: 40);

    [Fact]
    public void Negation_WhenRandom_HasNoRunInCommon() =>
        Gen.Select(RandomRuns.Some, RandomQueries.Any.List[8]).Sample((runs, queries) =>
        {
            using var file = new VisibilityFile();
            runs.ForEach(run => run(file));
            foreach (var query in queries)
            {
                var yes = RunIds(file, query);
                var no = RunIds(file, $"NOT ({query})");
                Assert.True(!yes.Intersect(no).Any(), $"{query}: {string.Join(' ', yes.Intersect(no))}");
                Assert.Equal(yes, RunIds(file, $"NOT (NOT ({query}))"));
            }
        }, iter: 40);

    [Fact]
    public void Pages_WhenOfAnySize_AreTheWholeList() =>
        Gen.Select(RandomRuns.Some, Gen.Int[1, 7]).Sample((runs, size) =>
        {
            using var file = new VisibilityFile();
            runs.ForEach(run => run(file));
            var paged = new List<string>();
            var token = ByteString.Empty;
            do
            {
                var answer = VisibilityReader.List(file.Database, file.Scope, "", size, token);
                Assert.True(answer.TryGet(out var page, out _));
                paged.AddRange(page.Runs.Select(info => info.Execution.RunId));
                token = page.NextPageToken;
            }
            while (!token.IsEmpty && paged.Count <= runs.Count);
            Assert.Equal(RunIds(file, ""), paged);
        }, iter: 40);

    [Fact]
    public void Query_WhenAnyText_IsAnsweredOrRefusedButNeverFails() =>
        RandomQueries.Noise.List[0, 12].Select(parts => string.Join(' ', parts)).List[100].Sample(queries =>
        {
            using var file = new VisibilityFile();
            file.Add("w");
            foreach (var query in queries)
            {
                var answer = VisibilityReader.Count(file.Database, file.Scope, query);
                Assert.True(
                    answer.TryGet(out _, out var rejection)
                        || rejection.Message.StartsWith("invalid query: ", StringComparison.Ordinal),
                    $"{query}: {rejection?.Message}");
            }
        }, iter: 30);

    /// <summary>Every plan that is right for the filter, whether or not the planner would take it.</summary>
    private static IEnumerable<SearchPlan> Plans(Condition where) =>
    [
        new SearchPlan.Walk(),
        .. Seekable.Required(where).Where(Seekable.IsValue).Select(leaf => new SearchPlan.ByValue(leaf)),
        .. Seekable.Required(where).Select(leaf => new SearchPlan.Gather([leaf])),
        .. Alternatives(where) is { } leaves ? [new SearchPlan.Gather(leaves)] : Array.Empty<SearchPlan>(),
    ];

    private static ImmutableArray<Condition>? Alternatives(Condition where) => where switch
    {
        Condition.All all => all.Terms.Select(Alternatives).FirstOrDefault(leaves => leaves is not null),
        Condition.Any any => any.Terms.All(term => Alternatives(term) is not null)
            ? [.. any.Terms.SelectMany(term => Alternatives(term)!.Value)]
            : null,
        _ when Seekable.IsLeaf(where) => [where],
        _ => null,
    };

    private static BoundQuery Bind(string query)
    {
        var answer = BoundQuery.From(query, Sample.Catalog);
        Assert.True(answer.TryGet(out var bound, out var rejection), $"{query}: {rejection?.Message}");
        return bound;
    }

    private static List<string> Meaning(Condition where, List<VisibilityRecord> records) =>
        [.. records
            .Where(record => NaiveFilter.Matches(where, record))
            .OrderByDescending(record => record.Close?.Time ?? Instant.MaxValue)
            .ThenByDescending(record => record.StartTime)
            .ThenBy(record => record.Key.Run.ToString(), StringComparer.Ordinal)
            .Select(record => record.Key.Run.ToString())];

    private static List<string> RunIds(VisibilityFile file, Condition where, SearchPlan plan)
    {
        using var rows = VisibilitySelect.Page(file.Scope, where, after: null, 1_000, plan).Prepare(file.Database);
        var ids = new List<string>();
        while (rows.Step())
        {
            ids.Add(rows.Guid(1).ToString());
        }

        return ids;
    }

    private static List<string> RunIds(VisibilityFile file, string query) =>
        [.. file.List(query).Select(info => info.Execution.RunId)];
}
