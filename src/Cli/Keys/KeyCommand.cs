using System.CommandLine;
using System.Security.Cryptography;
using System.Text;

namespace AugmentedOS.Cli.Keys;

/// <summary><c>aos key create</c>: makes an API key, and the line of configuration that lets its holder in.</summary>
internal static class KeyCommand
{
    private const int KeyBytes = 32;

    public static Command Create(TextWriter output)
    {
        var name = new Argument<string>("name") { Description = "Who will hold the key; audit records show it" };
        var permissions = new Option<string[]>("--permission", "-p")
        {
            Description = "What the holder may do: NAMESPACE:read, worker, write or admin; the namespace temporal-system"
                + " stands for the whole engine; may be given again",
            HelpName = "NAMESPACE:ROLE",
            Required = true,
        };
        permissions.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsPermission(token.Value)))
            {
                result.AddError($"'{token.Value}' is not NAMESPACE:ROLE with a role of read, worker, write or admin.");
            }
        });
        var create = new Command("create", "Makes an API key. It is shown once: the engine keeps its hash alone.")
        {
            name,
            permissions,
        };
        create.SetAction((parsed, cancelled) =>
            CreateAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(permissions), output));
        return new Command("key", "API keys for callers of the engine.") { create };
    }

    private static bool IsPermission(string text) =>
        text.Split(':') is [{ Length: > 0 }, "read" or "worker" or "write" or "admin"];

    private static async Task<int> CreateAsync(string name, string[] permissions, TextWriter output)
    {
        var secret = RandomNumberGenerator.GetBytes(KeyBytes);
        var key = $"aos_{Convert.ToBase64String(secret).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var line = $"sha256:{hash} {string.Join(' ', permissions)}";
        await output.WriteLineAsync($"Key, for its holder alone: {key}").ConfigureAwait(false);
        await output.WriteLineAsync("For the engine's configuration (a JSON file, or the environment):").ConfigureAwait(false);
        await output.WriteLineAsync($"  \"Engine\": {{ \"Access\": {{ \"ApiKeys\": {{ \"{name}\": \"{line}\" }} }} }}")
            .ConfigureAwait(false);
        await output.WriteLineAsync($"  AOS_ENGINE__ACCESS__APIKEYS__{name}=\"{line}\"").ConfigureAwait(false);
        return ExitCode.Ok;
    }
}
