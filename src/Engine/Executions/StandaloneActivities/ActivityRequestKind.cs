namespace AugmentedOS.Engine.Executions.StandaloneActivities;

/// <summary>What somebody wants of an activity. Numbers are stored.</summary>
internal enum ActivityRequestKind
{
    Cancel = 1,
    Terminate = 2,
    Unpause = 3,
    Reset = 4,
    Update = 5,
}
