using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Access.Methods;
using AugmentedOS.Engine.Access.Versions;
using AugmentedOS.Engine.Audit;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Quotas;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Admission;

/// <summary>Who may come in, and how many. Every call passes here before its RPC sees it, in the order of a Temporal
/// server: who it is and whether it may; how many wait; the namespace's rate; the engine's rate; the client's version.
/// </summary>
/// <param name="authenticator">Null lets everybody in.</param>
/// <param name="versions">Null takes clients of any version.</param>
/// <param name="audit">Null keeps no records.</param>
internal sealed class CallAdmission(
    Authenticator? authenticator,
    CallQuotas quotas,
    ClientVersions? versions,
    AuditTrail? audit,
    INamespaceDirectory namespaces,
    TimeProvider time)
{
    private static readonly Rejection Unauthorized = Rejection.PermissionDenied("Request unauthorized.");

    /// <summary>Lets a call of an RPC in, or says why not.</summary>
    public ValueTask<Entry> EnterAsync<TRequest>(MethodProfile? method, TRequest request, ServerCallContext context)
        where TRequest : class
    {
        var isWatched = authenticator is not null || audit is not null || !quotas.AreNone;
        var ns = isWatched ? CallTarget.NamespaceOf(request, namespaces) : "";
        var headers = new CallerHeaders(context);
        return authenticator is not null && !CallTarget.IsOneNamespace(request, ns)
            ? new(new Entry(method, Unauthorized, ns, null, null, time.GetTimestamp()))
            : EnterAsync(method, ns, method?.Waits is true && CallTarget.Waits(request), headers);
    }

    /// <summary>Lets a call in that is no RPC.</summary>
    /// <param name="waits">Whether it waits for something to happen.</param>
    public ValueTask<Entry> EnterAsync(MethodProfile? method, string ns, bool waits, CallerHeaders headers)
    {
        var began = audit is null ? 0 : time.GetTimestamp();
        if (authenticator is null)
        {
            return new(Enter(method, ns, waits, headers, null, began));
        }

        var identified = authenticator.IdentifyAsync(headers.Credentials);
        return identified.IsCompletedSuccessfully
            ? new(Authorize(method, ns, waits, headers, identified.Result, began))
            : AuthorizeAsync(method, ns, waits, headers, identified, began);
    }

    /// <summary>Gives back what the call held, and keeps a record of it if it is worth one.</summary>
    public void Leave<TRequest>(in Entry entry, TRequest request, ServerCallContext context, StatusCode outcome)
        where TRequest : class
    {
        Leave(entry);
        if (audit is not null && entry.Method?.Mutates is not false)
        {
            var headers = new CallerHeaders(context);
            audit.Add(new AuditRecord(
                time.GetUtcNow(),
                Text(entry.Principal),
                AuditTarget<TRequest>.IdentityOf(request),
                headers.Peer,
                headers.Client,
                entry.Method?.Name ?? context.Method,
                entry.Namespace,
                AuditTarget<TRequest>.Of(request),
                AuditTarget<TRequest>.RunOf(request),
                AuditTarget<TRequest>.RequestIdOf(request),
                outcome,
                time.GetElapsedTime(entry.Began)));
        }
    }

    /// <summary>The same for a call that is no RPC.</summary>
    public void Leave(in Entry entry, CallerHeaders headers, string target, StatusCode outcome)
    {
        Leave(entry);
        if (audit is not null && entry.Method is { Mutates: true } method)
        {
            audit.Add(new AuditRecord(
                time.GetUtcNow(),
                Text(entry.Principal),
                "",
                headers.Peer,
                headers.Client,
                method.Name,
                entry.Namespace,
                target,
                "",
                "",
                outcome,
                time.GetElapsedTime(entry.Began)));
        }
    }

    private static string Text(Principal? principal) => principal is null ? "" : $"{principal.Kind}:{principal.Name}";

    private void Leave(in Entry entry)
    {
        if (entry.HeldIn is { } held)
        {
            quotas.Leave(entry.Method!, held);
        }
    }

    private async ValueTask<Entry> AuthorizeAsync(
        MethodProfile? method, string ns, bool waits, CallerHeaders headers, ValueTask<Principal?> principal, long began) =>
        Authorize(method, ns, waits, headers, await principal.ConfigureAwait(false), began);

    private Entry Authorize(
        MethodProfile? method, string ns, bool waits, CallerHeaders headers, Principal? principal, long began) =>
        Authorizer.Allows(method, ns, principal)
            ? Enter(method, ns, waits, headers, principal, began)
            : new Entry(method, Unauthorized, ns, principal, null, began);

    private Entry Enter(
        MethodProfile? method, string ns, bool waits, CallerHeaders headers, Principal? principal, long began)
    {
        string? held = null;
        if (!quotas.AreNone && method is not null)
        {
            var known = namespaces.TryFind(ns, out var found) ? found.Name : "";
            if (quotas.Enter(method, known, waits, headers.IsOperator) is { } exhausted)
            {
                return new Entry(method, exhausted, ns, principal, null, began);
            }

            held = waits ? known : null;
        }

        if (versions?.Check(headers.Client, headers.ClientVersion, headers.SupportedServers) is not { } unsupported)
        {
            return new Entry(method, null, ns, principal, held, began);
        }

        var entry = new Entry(method, unsupported, ns, principal, held, began);
        Leave(entry);
        return entry with { HeldIn = null };
    }
}
