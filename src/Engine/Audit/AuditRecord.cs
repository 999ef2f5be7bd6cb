using Grpc.Core;

namespace AugmentedOS.Engine.Audit;

/// <summary>One mutating call: who asked for what, where, and what came of it.</summary>
/// <param name="Principal">Who it was proven to be, as <c>kind:name</c>; empty when nothing was proven.</param>
/// <param name="Identity">Who it says it is: the request's identity, which nobody checks.</param>
/// <param name="Peer">The address that it came from.</param>
/// <param name="Target">What it acts on: a workflow's id, a schedule's, a namespace's name.</param>
/// <param name="Run">The workflow's run, where the request names one.</param>
internal readonly record struct AuditRecord(
    DateTimeOffset Time,
    string Principal,
    string Identity,
    string Peer,
    string Client,
    string Method,
    string Namespace,
    string Target,
    string Run,
    string RequestId,
    StatusCode Outcome,
    TimeSpan Took);
