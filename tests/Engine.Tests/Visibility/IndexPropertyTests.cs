using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using CsCheck;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

/// <summary>Whatever becomes of runs, and whichever commits fail: the index of values repeats what the runs' rows say, and
/// the counts that are kept are those of the rows.</summary>
public sealed class IndexPropertyTests
{
    private static readonly Gen<(object? Customer, object? Tags, bool Hidden)> Attributes = Gen.Select(
        Gen.OneOf<object?>(null, "a", "b"),
        Gen.OneOf<object?>(null, new[] { "x" }, new[] { "x", "y" }, new[] { "y", "y" }),
        Gen.Int[0, 4].Select(number => number == 0));

    private static readonly Gen<(int Run, int Kind, (object?, object?, bool) Attributes, bool Fails)> Step = Gen.Select(
        Gen.Int[1, 4], Gen.Int[0, 4], Attributes, Gen.Int[0, 5].Select(number => number == 0));

    [Fact]
    public void Index_WhenRunsChangeInAnyOrder_FollowsThem() => Step.List[0, 40].Sample(
        steps =>
        {
            using var file = new VisibilityFile();
            CountFromTheStart(file);
            var runs = new Dictionary<int, RunState>();
            foreach (var (run, kind, attributes, fails) in steps)
            {
                file.Database.Execute("BEGIN");
                var before = runs.GetValueOrDefault(run);
                var after = Take(file, run, before, kind, attributes);
                if (fails)
                {
                    file.Database.Execute("ROLLBACK");
                    file.Writer.ForgetChanges();
                    continue;
                }

                file.Writer.Flush();
                file.Database.Execute("COMMIT");
                _ = after is null ? runs.Remove(run) : (runs[run] = after) is not null;
                AssertFollowed(file);
            }
        },
        iter: 60);

    private static RunState? Take(
        VisibilityFile file, int run, RunState? before, int kind, (object? Customer, object? Tags, bool Hidden) attributes)
    {
        if (before is not null && kind == 4)
        {
            file.Writer.Delete(run);
            return null;
        }

        var after = before switch
        {
            null => VisibilityWriterTests.Started(run) with { SearchAttributes = Of(attributes) },
            { IsRunning: false } => before,
            _ => kind switch
            {
                0 => before with { SearchAttributes = Of(attributes) },
                1 => before with { Status = WorkflowExecutionStatus.Paused },
                2 => before with { Status = WorkflowExecutionStatus.Running },
                _ => before with
                {
                    SearchAttributes = Of(attributes),
                    Status = WorkflowExecutionStatus.Failed,
                    CloseEvent = new HistoryEvent { EventId = 7, EventTime = VisibilityFile.At(90).ToTimestamp() },
                },
            },
        };
        file.Writer.Write(run, before, after);
        return after;
    }

    private static ImmutableSortedDictionary<string, Payload> Of((object? Customer, object? Tags, bool Hidden) attributes) =>
        Sample.Attributes(
            Sample.Catalog,
            [
                ("Customer", attributes.Customer),
                ("Tags", attributes.Tags),
                .. attributes.Hidden ? [("TemporalNamespaceDivision", "d")] : Array.Empty<(string, object?)>(),
            ]);

    /// <summary>As if they had become common already.</summary>
    private static void CountFromTheStart(VisibilityFile file)
    {
        file.Add("first", attributes: [("Customer", "a"), ("Tags", new[] { "x", "y" })]);
        file.Writer.Delete(1);
        file.Writer.Flush();
        file.Database.Execute(
            """
            INSERT INTO value_counts(attribute, value, status, count)
                SELECT id, value, 1, 0 FROM search_attribute_names
                JOIN (SELECT 'Customer' AS owner, 'a' AS value UNION ALL SELECT 'Tags', 'x') ON owner = name
            """);
    }

    private static void AssertFollowed(VisibilityFile file)
    {
        Assert.Equal(0, file.Database.Number(
            """
            SELECT count(*) FROM search_attributes AS own LEFT JOIN runs ON runs.run_number = own.run_number
            WHERE (own.close_time, own.start_time, own.status, own.flags & 2)
                IS NOT (runs.close_time, runs.start_time, runs.status, 2 * (runs.namespace_division IS NOT NULL))
            """));
        Assert.Equal(0, file.Database.Number(
            """
            SELECT count(*) FROM search_attributes AS own
            WHERE own.flags & 1 < ((SELECT count(*) FROM search_attributes AS other
                WHERE other.run_number = own.run_number AND other.attribute = own.attribute) > 1)
            """));
        Assert.Equal(0, file.Database.Number(
            """
            SELECT count(*) FROM run_counts AS kept WHERE count <> (SELECT count(*) FROM runs
                WHERE workflow_type = kept.workflow_type AND status = kept.status AND namespace_division IS NULL)
            """));
        Assert.Equal(
            file.Database.Number("SELECT count(*) FROM runs WHERE namespace_division IS NULL"),
            file.Database.Number("SELECT coalesce(sum(count), 0) FROM run_counts"));
        Assert.Equal(0, file.Database.Number(
            """
            SELECT count(*) FROM value_counts AS kept WHERE count <> (SELECT count(*) FROM search_attributes
                WHERE attribute = kept.attribute AND value = kept.value AND status = kept.status AND flags & 2 = 0)
            """));
        Assert.Equal(
            file.Database.Number(
                """
                SELECT count(*) FROM search_attributes WHERE flags & 2 = 0
                AND (attribute, value) IN (SELECT attribute, value FROM value_counts)
                """),
            file.Database.Number("SELECT coalesce(sum(count), 0) FROM value_counts"));
    }
}
