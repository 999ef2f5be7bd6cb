using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>A task queue: a workflow queue and an activity queue of one name are two.</summary>
internal readonly record struct TaskQueueKey(NamespaceId Namespace, string Name, TaskQueueType Type, bool IsSticky = false);
