namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>A document or a parameter does not say what the message's type asks for; the text says where and why. It
/// ends a parse many levels deep and is a refusal of the request at the top.</summary>
internal sealed class UnreadableJsonException(string message) : Exception(message);
