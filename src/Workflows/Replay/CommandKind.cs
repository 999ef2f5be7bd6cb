namespace AugmentedOS.Workflows.Replay;

/// <summary>What workflow code asks for, as far as replays tell it apart.</summary>
internal enum CommandKind
{
    Activity,
    LocalActivity,
    Timer,
    ChildWorkflow,
    SignalExternal,
    CancelExternal,
    NexusOperation,
    Patch,
    UpsertSearchAttributes,
    UpsertMemo,
    ContinueAsNew,
    Complete,
    Fail,
    Cancel,
    Update,
}
