using System.Text.Json.Serialization;

namespace AugmentedOS.Pilot.Desk;

[JsonConverter(typeof(JsonStringEnumConverter<MessageKind>))]
internal enum MessageKind
{
    Request,
    Reminder,
    Escalation,
    Delegation,
    Outcome,
}

/// <summary>A message in the outbox, for the mail gateway to deliver. One of each kind goes out for a claim.</summary>
internal sealed record Message(MessageKind Kind, string Recipient, string Text);
