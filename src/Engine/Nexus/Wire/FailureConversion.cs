using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using TemporalFailure = Temporalio.Api.Failure.V1.Failure;
using TemporalFailures = Temporalio.Api.Failure.V1;
using WireForm = Temporalio.Api.Nexus.V1.Failure;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>Between Temporal's failures and those of the Nexus protocol. A chain of causes survives the round trip.
/// </summary>
internal static class FailureConversion
{
    public const string TypeKey = "type";
    public const string HandlerErrorKind = "nexus.HandlerError";
    public const string OperationErrorKind = "nexus.OperationError";

    /// <summary>Says that a failure is only a wrapper around its cause.</summary>
    public const string UnwrapKey = "unwrap-error";

    private static readonly string TemporalKind = TemporalFailure.Descriptor.FullName;
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonFormatter JsonText = new(JsonFormatter.Settings.Default);

    public static WireForm ToWire(TemporalFailure failure)
    {
        var wire = new WireForm
        {
            Message = failure.Message,
            StackTrace = failure.StackTrace,
            Cause = failure.Cause is { } cause ? ToWire(cause) : null,
        };
        if (failure.NexusHandlerFailureInfo is { } handler)
        {
            wire.Metadata[TypeKey] = HandlerErrorKind;
            wire.Details = ByteString.CopyFromUtf8(HandlerDetails(failure, handler).ToJsonString());
            return wire;
        }

        var rest = failure.Clone();
        (rest.Message, rest.StackTrace) = ("", "");
        wire.Metadata[TypeKey] = TemporalKind;
        wire.Details = ByteString.CopyFromUtf8(JsonText.Format(rest));
        return wire;
    }

    /// <summary>Null when the failure's details are not what its type says.</summary>
    public static TemporalFailure? ToTemporal(WireForm wire)
    {
        var failure = wire.Metadata.GetValueOrDefault(TypeKey, "") switch
        {
            var kind when kind == TemporalKind => Parse(wire),
            OperationErrorKind => OfOperation(wire),
            HandlerErrorKind => OfHandler(wire),
            _ => OfUnknown(wire),
        };
        if (failure is null)
        {
            return null;
        }

        failure.Message = wire.Message;
        failure.StackTrace = wire.StackTrace;
        if (wire.Cause is null)
        {
            return failure;
        }

        failure.Cause = ToTemporal(wire.Cause);
        return failure.Cause is null ? null : failure;
    }

    /// <summary>The same, or a failure that says that this one makes no sense.</summary>
    public static TemporalFailure ToTemporalOrMalformed(WireForm wire) => ToTemporal(wire) ?? new TemporalFailure
    {
        Message = wire.Message,
        StackTrace = wire.StackTrace,
        ApplicationFailureInfo = new TemporalFailures.ApplicationFailureInfo { Type = "NexusFailure" },
    };

    /// <summary>The cause of a failure that is only a wrapper; else the failure.</summary>
    public static WireForm Unwrap(WireForm wire) =>
        wire.Cause is not null && wire.Metadata.GetValueOrDefault(UnwrapKey, "") == "true" ? wire.Cause : wire;

    private static JsonObject HandlerDetails(
        TemporalFailure failure, TemporalFailures.NexusHandlerFailureInfo handler)
    {
        var details = new JsonObject();
        if (handler.Type.Length > 0)
        {
            details["type"] = handler.Type;
        }

        if (handler.RetryBehavior != NexusHandlerErrorRetryBehavior.Unspecified)
        {
            details["retryableOverride"] = handler.RetryBehavior == NexusHandlerErrorRetryBehavior.Retryable;
        }

        if (failure.EncodedAttributes is { } attributes)
        {
            details["encodedAttributes"] =
                Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonText.Format(attributes)));
        }

        return details;
    }

    private static TemporalFailure? Parse(WireForm wire)
    {
        try
        {
            return Json.Parse<TemporalFailure>(wire.Details.ToStringUtf8());
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>An error of an operation elsewhere, told apart by its state.</summary>
    private static TemporalFailure? OfOperation(WireForm wire) => Details(wire) is not { } details ? null
        : Text(details, "state") == "canceled"
            ? new TemporalFailure { CanceledFailureInfo = new TemporalFailures.CanceledFailureInfo() }
            : new TemporalFailure
            {
                ApplicationFailureInfo = new TemporalFailures.ApplicationFailureInfo
                {
                    Type = "OperationError",
                    NonRetryable = true,
                },
            };

    private static TemporalFailure? OfHandler(WireForm wire)
    {
        if (Details(wire) is not { } details)
        {
            return null;
        }

        var failure = new TemporalFailure
        {
            NexusHandlerFailureInfo = new TemporalFailures.NexusHandlerFailureInfo
            {
                Type = Text(details, "type"),
                RetryBehavior = details["retryableOverride"] switch
                {
                    JsonValue value when value.TryGetValue<bool>(out var isRetryable) => isRetryable
                        ? NexusHandlerErrorRetryBehavior.Retryable
                        : NexusHandlerErrorRetryBehavior.NonRetryable,
                    _ => NexusHandlerErrorRetryBehavior.Unspecified,
                },
            },
        };
        if (Text(details, "encodedAttributes") is { Length: > 0 } encoded)
        {
            try
            {
                failure.EncodedAttributes = Json.Parse<Payload>(
                    Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded.TrimEnd('='))));
            }
            catch (Exception malformed) when (malformed is FormatException or InvalidProtocolBufferException)
            {
                return null;
            }
        }

        return failure;
    }

    /// <summary>A shape that nobody here knows: an application failure that keeps it whole.</summary>
    private static TemporalFailure OfUnknown(WireForm wire)
    {
        if (wire.Metadata.Count == 0 && wire.Details.IsEmpty)
        {
            return new TemporalFailure();
        }

        var rest = wire.Clone();
        (rest.Message, rest.StackTrace) = ("", "");
        return new TemporalFailure
        {
            ApplicationFailureInfo = new TemporalFailures.ApplicationFailureInfo
            {
                Type = "NexusFailure",
                Details = new Payloads
                {
                    Payloads_ =
                    {
                        new Payload
                        {
                            Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                            Data = ByteString.CopyFromUtf8(WireFailure.ToJson(rest)),
                        },
                    },
                },
            },
        };
    }

    private static JsonObject? Details(WireForm wire)
    {
        try
        {
            return JsonNode.Parse(wire.Details.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonObject details, string name) =>
        details[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
