namespace AugmentedOS.Samples.Orders;

/// <summary>What a customer orders.</summary>
internal sealed record Order(string Id, string Article, int Quantity, decimal Amount);
