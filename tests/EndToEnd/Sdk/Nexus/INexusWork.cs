using NexusRpc;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Work behind an endpoint. What an operation is asked is its only word.</summary>
[NexusService]
public interface INexusWork
{
    /// <summary>Says it at once.</summary>
    [NexusOperation]
    string Say(string what);

    /// <summary>Fails, as an operation.</summary>
    [NexusOperation]
    string Fail(string why);

    /// <summary>Is canceled by its handler.</summary>
    [NexusOperation]
    string GiveUp(string why);

    /// <summary>Is refused for good, as a request.</summary>
    [NexusOperation]
    string Refuse(string why);

    /// <summary>Says it, but only when its handler has been mended; fails as a request until then.</summary>
    [NexusOperation]
    string Stumble(string what);

    /// <summary>Tells the workflows of these ids, parted by blanks, to finish.</summary>
    [NexusOperation]
    string Tell(string workflowIds);

    /// <summary>Never answers.</summary>
    [NexusOperation]
    string Hang(string what);

    /// <summary>Has the workflow of that id do it, when the handler is open.</summary>
    [NexusOperation]
    string Work(string workflowId);

    /// <summary>Has a workflow do it that does not listen when it is canceled.</summary>
    [NexusOperation]
    string WorkOn(string workflowId);

    /// <summary>Has a workflow do it that has hardly any time.</summary>
    [NexusOperation]
    string WorkBriefly(string workflowId);

    /// <summary>Has a workflow do it that may run already.</summary>
    [NexusOperation]
    string Join(string workflowId);

    /// <summary>Has a workflow that runs say how it ends.</summary>
    [NexusOperation]
    string Ask(string workflowId);

    /// <summary>Has an activity of that id do it.</summary>
    [NexusOperation]
    string Act(string activityId);

    /// <summary>Begins, and cannot be canceled.</summary>
    [NexusOperation]
    string Insist(string token);
}
