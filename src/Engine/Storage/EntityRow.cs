using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Storage;

/// <summary>One change of an entity.</summary>
/// <param name="Number">The entity's number in this file; runs and entities share one row of numbers.</param>
/// <param name="Version">The version of the bytes.</param>
/// <param name="State">The whole state; null when the entity is gone.</param>
/// <param name="AttributesBefore">What it was found by until now.</param>
/// <param name="AttributesAfter">What it is found by from now on.</param>
internal sealed record EntityRow(
    EntityKey Key,
    long Number,
    int Version,
    ReadOnlyMemory<byte>? State,
    Instant? WakeAt,
    ImmutableSortedDictionary<string, Payload> AttributesBefore,
    ImmutableSortedDictionary<string, Payload> AttributesAfter);
