namespace AugmentedOS.Engine.Executions.StandaloneActivities;

/// <summary>What the worker that took an attempt says of itself. Texts are empty where it says nothing.</summary>
internal sealed record AttemptWorker(string SdkName, string SdkVersion, string Deployment, string BuildId);
