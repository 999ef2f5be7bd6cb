namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>Ids 1, 2, 3… so that a test can name the run that a decision starts.</summary>
internal sealed class SequentialIds : IIdSource
{
    private int _last;

    public static Guid Nth(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public Guid Next() => Nth(++_last);
}
