using System.Collections.Immutable;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Entities;

/// <content>How a host's memory comes and goes.</content>
internal sealed partial class EntityHost<TState>
{
    private static readonly TimeSpan PauseBeforeLoading = TimeSpan.FromSeconds(1);

    private static ImmutableSortedDictionary<string, Payload> NoAttributes =>
        ImmutableSortedDictionary<string, Payload>.Empty;

    internal void Forget(int generation)
    {
        _generation = generation;
        _entries.Clear();
        _states.Clear();
        _lastDeletion = null;
        _wakeUps.Clear();
        _isLoaded = false;
        _mailbox.Post(new EntityMessage<TState>.Load());
    }

    internal void StopInGoodOrder() => _stoppedBecause = "The engine is stopping.";

    private void Handle(IReadOnlyList<EntityMessage<TState>> batch)
    {
        foreach (var message in batch)
        {
            if (_stoppedBecause is not null)
            {
                message.Refuse(Rejection.Unavailable(_stoppedBecause));
                continue;
            }

            try
            {
                if (message.NeedsEntities && !_isLoaded)
                {
                    Load();
                }

                message.Execute(this);
            }
            catch (JournalException exception)
            {
                LogReadFailed(_services.Logger, _type.Kind, exception);
                _loadAgain.Change(PauseBeforeLoading, Timeout.InfiniteTimeSpan);
                message.Refuse(Rejection.Unavailable(
                    $"The engine cannot read its database right now: {exception.Message}"));
            }
#pragma warning disable CA1031 // A broken invariant can surface as any exception; nothing past it may be written.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Stop(message, exception);
            }
        }

        _wakeUps.Arm();
    }

    /// <summary>All or nothing: what cannot be read is tried again as a whole.</summary>
    private void Load()
    {
        var loaded = _services.Journal.Entities(_type.Kind)
            .Select(stored => (Stored: stored, State: Decode(stored)))
            .ToList();
        _isLoaded = true;
        foreach (var (stored, state) in loaded)
        {
            var entry = new EntityEntry(stored.Key, stored.Number);
            _entries.Add(stored.Key, entry);
            _states.Add(stored.Key, state);
            ScheduleWakeUp(entry, state.WakeAt);
        }

        foreach (var (stored, state) in loaded)
        {
            foreach (var effect in _type.All(stored.Key, state))
            {
                _effects.Carry(effect);
            }
        }
    }

    private TState Decode(StoredEntity stored)
    {
        if (stored.Version > _type.Version)
        {
            throw new InvalidOperationException(
                $"{stored.Key} has format {stored.Version}, and this engine knows formats to {_type.Version}.");
        }

        var source = new ByteSource(stored.State.Span);
        return _type.Decode(stored.Key, stored.Version, ref source);
    }

    private void Stop(EntityMessage<TState> message, Exception exception)
    {
        _stoppedBecause = $"The engine has stopped working on entities of kind {_type.Kind} because of a defect; "
            + $"nothing was written past it. Restart it and report this: {exception.Message}";
        LogStopped(_services.Logger, _type.Kind, exception);
        _services.Health.InvariantBroken(_stoppedBecause);
        message.Refuse(Rejection.Unavailable(_stoppedBecause));
    }

    [LoggerMessage(
        Level = LogLevel.Critical, Message = "The host of {Kind} has stopped before it wrote: an invariant is broken.")]
    private static partial void LogStopped(ILogger logger, EntityKind kind, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The entities of kind {Kind} could not be read from the file.")]
    private static partial void LogReadFailed(ILogger logger, EntityKind kind, Exception exception);
}
