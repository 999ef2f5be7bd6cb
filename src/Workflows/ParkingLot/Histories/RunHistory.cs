using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Errors.Reading;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace AugmentedOS.Workflows.ParkingLot.Histories;

/// <summary>A run's events, found by their ids.</summary>
internal sealed class RunHistory
{
    private readonly Dictionary<long, HistoryEvent> _byId;
    private readonly DataConverter _converter;

    public RunHistory(IReadOnlyList<HistoryEvent> events, DataConverter converter)
    {
        Events = events;
        _byId = events.ToDictionary(e => e.EventId);
        _converter = converter;
    }

    public IReadOnlyList<HistoryEvent> Events { get; }

    public HistoryEvent Last => Events[^1];

    public static async Task<RunHistory> FetchAsync(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        var history = await handle.FetchHistoryAsync(new() { Rpc = new() { CancellationToken = cancellationToken } })
            .ConfigureAwait(false);
        return new([.. history.Events], handle.Client.Options.DataConverter);
    }

    public HistoryEvent? Find(long id) => _byId.GetValueOrDefault(id);

    public Task<WorkflowError> ReadAsync(Failure? failure) => ReadAsync(failure, _converter);

    /// <summary>Why a run ended, by its last event.</summary>
    public static async Task<WorkflowError> ReadEndAsync(HistoryEvent last, DataConverter converter) =>
        last.AttributesCase switch
        {
            HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes =>
                await ReadAsync(last.WorkflowExecutionFailedEventAttributes.Failure, converter).ConfigureAwait(false),
            HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes =>
                new(ErrorKind.Transient, "timeout.workflow", "The workflow's own time was up before it was done."),
            HistoryEvent.AttributesOneofCase.WorkflowExecutionTerminatedEventAttributes => FailureChain.Stopped(
                "terminated",
                last.WorkflowExecutionTerminatedEventAttributes.Reason is { Length: > 0 } reason
                    ? reason
                    : "Somebody terminated it."),
            HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes =>
                FailureChain.Stopped("canceled", "Somebody canceled it."),
            _ => new(ErrorKind.Transient, "unexpected", $"The last event is {last.EventType}."),
        };

    /// <summary>A failure of history, decoded as the client's converter does; a copy, since decoding changes
    /// it.</summary>
    private static async Task<WorkflowError> ReadAsync(Failure? failure, DataConverter converter) => failure is null
        ? new(ErrorKind.Transient, "unexpected", "History has no reason.")
        : WorkflowError.From(await converter.ToExceptionAsync(failure.Clone()).ConfigureAwait(false));
}
