namespace AugmentedOS.Testing.Engines;

/// <summary>Where the file of a test's engine is; gone with the test.</summary>
internal sealed class EngineFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("aos-test-engine-").FullName;

    public string Database => Path.Combine(_path, "engine.db");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
