namespace AugmentedOS.Pilot.Workflows;

/// <summary>How long the workflow waits. It is part of a workflow's input, so that a replay waits the same.</summary>
/// <param name="RemindAfter">Without a decision for so long, the approver is reminded.</param>
/// <param name="EscalateAfter">So long after the reminder, the manager is asked.</param>
/// <param name="GiveUpAfter">So long after that, the claim is rejected.</param>
/// <param name="StepTimeout">A step that has not answered for so long is tried again: its worker is gone.</param>
internal sealed record Pace(TimeSpan RemindAfter, TimeSpan EscalateAfter, TimeSpan GiveUpAfter, TimeSpan StepTimeout)
{
    /// <summary>For people: a day, two days, a week.</summary>
    public static Pace ForPeople { get; } =
        new(TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromSeconds(10));

    /// <summary>
    /// For a scripted approver. The last wait stays long: how the run ends must not depend on the machine's speed.
    /// </summary>
    public static Pace ForScript { get; } =
        new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.7), TimeSpan.FromHours(1), TimeSpan.FromSeconds(10));
}
