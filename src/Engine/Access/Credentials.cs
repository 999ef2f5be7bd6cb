using System.Security.Cryptography.X509Certificates;

namespace AugmentedOS.Engine.Access;

/// <summary>What a caller brings to prove who it is.</summary>
/// <param name="Authorization">The whole header, scheme included; empty when there is none.</param>
/// <param name="Certificate">The client certificate, which TLS has verified; null when there is none.</param>
internal readonly record struct Credentials(string Authorization, X509Certificate2? Certificate);
