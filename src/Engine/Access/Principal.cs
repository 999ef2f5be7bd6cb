namespace AugmentedOS.Engine.Access;

/// <summary>Who calls, as far as it was proven.</summary>
/// <param name="Kind">How: <c>jwt</c>, <c>api-key</c>, <c>mtls</c>.</param>
/// <param name="Name">The token's subject, the key's name, the certificate's subject.</param>
internal sealed record Principal(string Kind, string Name, Grants Grants);
