namespace AugmentedOS.Engine.Executions;

/// <param name="Pattern">A host, with its port where the address has one; <c>*</c> stands for any characters.</param>
/// <param name="AllowInsecure">Whether plain HTTP is allowed too.</param>
internal readonly record struct AddressRule(string Pattern, bool AllowInsecure);
