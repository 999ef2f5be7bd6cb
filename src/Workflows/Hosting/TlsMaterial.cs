namespace AugmentedOS.Workflows.Hosting;

/// <summary>Certificates and keys, read.</summary>
internal sealed record TlsMaterial(byte[]? Certificate, byte[]? Key, byte[]? Ca, string? ServerName);
