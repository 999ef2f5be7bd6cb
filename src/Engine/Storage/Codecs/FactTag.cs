namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>The byte that says which fact follows. Numbers are never used again for anything else.</summary>
internal enum FactTag : byte
{
    RunStarted = 1,
    EventRecorded = 2,
    EventBuffered = 3,
    BufferFlushed = 4,
    BufferedEventRecorded = 5,
    BufferedTimerFiredRevoked = 6,
    TransientTaskScheduled = 7,
    TransientTaskStarted = 8,
    HeartbeatContinued = 9,
    StickyQueueSet = 10,
    StickyQueueCleared = 11,
    ActivityAttemptStarted = 12,
    ActivityRetryScheduled = 13,
    ActivityBackoffElapsed = 14,
    ActivityHeartbeatRecorded = 15,
    DeliveryCompleted = 16,
    ParentInformed = 17,
    DeletionRequested = 18,
    TaskPatienceLimited = 20,
    AdmittedUpdateRejected = 21,
    NexusAttemptFailed = 50,
    NexusAttemptScheduled = 51,
    NexusCancelAttemptFailed = 52,
    NexusCancelAttemptScheduled = 53,
    NexusCancelSettled = 54,
    CallbackAttemptFailed = 55,
    CallbackAttemptScheduled = 56,
    CallbackSucceeded = 57,
}
