using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;

namespace AugmentedOS.Engine.Access;

/// <summary>Who a verified client certificate stands for: its subject, or the common name in it.</summary>
/// <param name="permissions">Subject or common name to permissions, with blanks between.</param>
internal sealed class CertificateSubjects(IEnumerable<KeyValuePair<string, string>> permissions)
{
    private readonly FrozenDictionary<string, Principal> _subjects = permissions.ToFrozenDictionary(
        pair => pair.Key,
        pair => new Principal(
            "mtls", pair.Key, Grants.Of(pair.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))),
        StringComparer.Ordinal);

    public Principal? Find(X509Certificate2 certificate) =>
        _subjects.GetValueOrDefault(certificate.Subject)
        ?? _subjects.GetValueOrDefault(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
}
