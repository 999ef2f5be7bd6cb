namespace AugmentedOS.Samples.Orders.Services;

/// <summary>A service gives no answer: it is down, or its answer was lost and the work may be done. Worth another
/// try.</summary>
internal sealed class ServiceDownException(string operation) : Exception($"{operation}: no answer");
