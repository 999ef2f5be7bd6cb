namespace AugmentedOS.Samples;

/// <summary>All samples, one line each.</summary>
internal static class Samples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new("errors", "a bank that is down: what users read, and the retry after it", Errors.ErrorsSample.RunAsync),
        new("hosting", "one application on an engine in its process, then on a server", Hosting.HostingSample.RunAsync),
        new("saga", "work that is undone when a later step fails", Sagas.SagaSample.RunAsync),
        new("approval", "people who are asked, reminded and in the end passed over", Approvals.ApprovalSample.RunAsync),
        new("fan-out", "one thing for many items, of which some may fail", FanOuts.FanOutSample.RunAsync),
        new("callback", "a question that is answered days later, by a webhook", Callbacks.CallbackSample.RunAsync),
        new("deadline", "work that is warned of, escalated and aborted", Deadlines.DeadlineSample.RunAsync),
        new("debounce", "many messages, one action", Debouncing.DebounceSample.RunAsync),
        new("lock", "workflows that take turns", Locks.LockSample.RunAsync),
        new("steps", "a list of steps with versions", Steps.StepsSample.RunAsync),
        new("batch", "a thousand letters, page by page, in runs with a short history", Batches.BatchSample.RunAsync),
        new("entity", "an account that lives from messages, each handled once", Entities.EntitySample.RunAsync),
        new("poll", "a bank that calls nobody back is asked until it is done", Polling.PollSample.RunAsync),
        new("waiting", "a workflow that waits for the end of another", Waiting.WaitingSample.RunAsync),
        new("digest", "many messages, one mail in the morning", Digests.DigestSample.RunAsync),
        new("orders", "one business process, by messages and by a workflow", Orders.OrdersSample.RunAsync),
    ];

    /// <returns>Null when there is none of that name.</returns>
    public static Sample? Find(string name) => All.FirstOrDefault(sample => sample.Name == name);
}
