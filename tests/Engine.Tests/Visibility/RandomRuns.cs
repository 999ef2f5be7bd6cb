using AugmentedOS.Engine.Visibility;
using CsCheck;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

internal static class RandomRuns
{
    private static readonly Gen<(string Id, int Start, int Close, bool Failed)> Run =
        Gen.Select(RandomQueries.Word, Gen.Int[0, 5], Gen.Int[-3, 5], Gen.Bool);

    private static readonly Gen<(object? Customer, object? Amount, object? Score)> Scalars = Gen.Select(
        Maybe(RandomQueries.Word), Maybe(Gen.Int[-1, 2]), Maybe(Gen.OneOf<double>(0, 1, 2.5)));

    private static readonly Gen<(object? Flag, object? Due, object? Tags, object? Note)> Others = Gen.Select(
        Maybe(Gen.Bool), Maybe(RandomQueries.Time), Maybe(RandomQueries.Word.List[0, 3]), Maybe(RandomQueries.Word));

    /// <summary>Up to a dozen runs, each to be added to a file.</summary>
    public static Gen<List<Func<VisibilityFile, VisibilityRecord>>> Some { get; } =
        Gen.Select(Run, Scalars, Others, Adding).List[0, 12];

    private static Func<VisibilityFile, VisibilityRecord> Adding(
        (string Id, int Start, int Close, bool Failed) run,
        (object? Customer, object? Amount, object? Score) scalars,
        (object? Flag, object? Due, object? Tags, object? Note) others) => file => file.Add(
        run.Id,
        run.Start,
        run.Close >= 0 && run.Failed ? WorkflowExecutionStatus.Failed : WorkflowExecutionStatus.Running,
        run.Close >= 0 ? run.Close : null,
        type: run.Id + "T",
        attributes:
        [
            ("Customer", scalars.Customer), ("Amount", scalars.Amount), ("Score", scalars.Score),
            ("Flag", others.Flag), ("Due", others.Due), ("Tags", others.Tags), ("Note", others.Note),
        ]);

    private static Gen<object?> Maybe<T>(Gen<T> value) =>
        Gen.Select(Gen.Bool, value, (given, some) => given ? (object?)some : null);
}
