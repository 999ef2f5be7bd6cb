namespace AugmentedOS.Engine.Hosting;

/// <summary>How an engine runs. Read from the configuration section <c>Engine</c> (in the environment
/// <c>AOS_ENGINE__PORT</c> and so on) and from code, which wins; checked once, at start.</summary>
public sealed class WorkflowEngineOptions
{
    /// <summary>The value of <see cref="DatabasePath"/> that keeps everything in memory.</summary>
    public const string InMemory = ":memory:";

    /// <summary>The SQLite file that holds everything; created when missing. <c>:memory:</c> keeps nothing, for tests.
    /// One engine at a time has a file. Default: <c>aos.db</c> in the working directory.</summary>
    public string DatabasePath { get; set; } = "aos.db";

    /// <summary>The address to listen on, an IPv4 or IPv6 literal. Default: this machine only.</summary>
    public string Ip { get; set; } = "127.0.0.1";

    /// <summary>The gRPC port; 0 takes a free one, then told by <see cref="IWorkflowEngine.Address"/>; null opens no
    /// port, for an engine mapped into an application's own endpoints. Default: 7233.</summary>
    public int? Port { get; set; } = 7233;

    /// <summary>The port of the HTTP API, and of <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>; 0 takes a free one;
    /// null opens none, which is the default.</summary>
    public int? HttpPort { get; set; }

    /// <summary>A port where only <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> are; <see cref="HttpPort"/> then has
    /// the API alone. 0 takes a free one; null opens none, which is the default.</summary>
    public int? MetricsPort { get; set; }

    /// <summary>Pragmas for the connection that writes the file, such as <c>synchronous</c> to <c>NORMAL</c>. Only such that
    /// tune; one that trades durability for speed does what it says.</summary>
    public IDictionary<string, string> SqlitePragmas { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Namespaces that exist from the start, besides <c>default</c>.</summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>Search attributes that exist from the start in each of <see cref="Namespaces"/> and in
    /// <c>default</c>: name to type (<c>Text</c>, <c>Keyword</c>, <c>Int</c>, <c>Double</c>, <c>Bool</c>,
    /// <c>Datetime</c>, <c>KeywordList</c>, in any case).</summary>
    public IDictionary<string, string> SearchAttributes { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long closed runs are kept in namespaces made at the start; at least an hour. Default: 3 days.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long a stop waits for calls and commits in flight before it gives up on them. Default: 10 s.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many events a history may have before workflows are told to continue as new; 1 to 51,200, the
    /// length at which a run is terminated. Default: 4096.</summary>
    public int SuggestContinueAsNewAfterEvents { get; set; } = 4096;

    /// <summary>Settings of a Temporal server, by the names of its dynamic configuration
    /// (<c>limit.blobSize.error</c>): key, in any case, to value in JSON. Unknown keys are logged and have no effect; a
    /// value of the wrong type fails the start.</summary>
    public IDictionary<string, string> DynamicConfig { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>TLS on the ports. Off by default.</summary>
    public EngineTlsOptions Tls { get; } = new();

    /// <summary>Who may call, and what. Off by default: everybody may do everything.</summary>
    public EngineAccessOptions Access { get; } = new();

    /// <summary>Records of mutating calls. Off by default.</summary>
    public EngineAuditOptions Audit { get; } = new();

    /// <summary>Whether time can be skipped, for tests: when nothing is under way it jumps to the next timer. Serves
    /// <c>temporal.api.testservice.v1.TestService</c>. Default: off.</summary>
    public TimeSkipping TimeSkipping { get; set; }

    /// <summary>What configuration says that cannot be understood.</summary>
    internal IList<string> Mistakes { get; } = [];
}
