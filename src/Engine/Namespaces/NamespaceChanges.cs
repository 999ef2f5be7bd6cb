using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Namespaces;

/// <summary>Changes namespaces: one at a time, durable before anybody sees it.</summary>
internal sealed class NamespaceChanges(
    NamespaceDirectory directory, CommitQueue commits, IIdSource ids, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes a namespace.</summary>
    /// <returns>Null when it is there now, else why not.</returns>
    public Task<Rejection?> RegisterAsync(string name, Func<NamespaceId, Instant, NamespaceInfo> create) =>
        InTurnAsync(() => directory.TryFind(name, out _)
            ? new Rejection(
                Grpc.Core.StatusCode.AlreadyExists,
                $"Namespace \"{name}\" already exists",
                new Temporalio.Api.ErrorDetails.V1.NamespaceAlreadyExistsFailure())
            : SaveAsync(create(new NamespaceId(ids.Next()), Instant.From(time.GetUtcNow()))));

    /// <summary>Changes a namespace by name; <paramref name="change"/> sees it as it is when its turn comes.</summary>
    public async Task<Changed> UpdateAsync(string name, Func<NamespaceInfo, Changed> change)
    {
        Changed changed = default;
        var refusal = await InTurnAsync(() =>
        {
            if (!directory.TryFind(name, out var current))
            {
                return Rejection.NamespaceNotFound(name);
            }

            changed = change(current);
            return changed.IsRefused ? changed.Refusal : SaveAsync(changed.Namespace);
        }).ConfigureAwait(false);
        return refusal is null ? changed : refusal;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Rejection?> InTurnAsync(Func<Step> change)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var step = change();
            return step.Refusal ?? (step.Saving is null ? null : await step.Saving.ConfigureAwait(false));
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Rejection?> SaveAsync(NamespaceInfo ns)
    {
        if (await commits.WriteAsync(new Save(ns)).ConfigureAwait(false) is { } failure)
        {
            return failure;
        }

        directory.Show(ns);
        return null;
    }

    private readonly record struct Step(Rejection? Refusal, Task<Rejection?>? Saving)
    {
        public static implicit operator Step(Rejection? refusal) => new(refusal, null);

        public static implicit operator Step(Task<Rejection?> saving) => new(null, saving);
    }

    private sealed class Save(NamespaceInfo ns) : IJournalWrite
    {
        public void WriteTo(IJournalTransaction transaction) => transaction.Save(ns);
    }

    /// <summary>A changed namespace, or why it cannot be changed like that.</summary>
    internal readonly struct Changed
    {
        private Changed(NamespaceInfo? ns, Rejection? refusal)
        {
            Namespace = ns;
            Refusal = refusal;
        }

        public NamespaceInfo? Namespace { get; }

        public Rejection? Refusal { get; }

        [MemberNotNullWhen(true, nameof(Refusal))]
        [MemberNotNullWhen(false, nameof(Namespace))]
        public bool IsRefused => Refusal is not null;

        public static implicit operator Changed(NamespaceInfo ns) => new(ns, null);

        public static implicit operator Changed(Rejection refusal) => new(null, refusal);
    }
}
