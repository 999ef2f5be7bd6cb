namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>The reply to a request for an update.</summary>
internal interface IUpdateReply
{
    /// <summary>Which run the update is in, and how far it has come.</summary>
    UpdateStanding Standing { get; }
}
