using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Whether the engine serves calls, and if not why. Thread-safe.</summary>
internal sealed class Readiness : IDisposable
{
    private readonly EngineHealth _health;
    private volatile bool _isStarted;
    private volatile bool _isStopping;

    public Readiness(EngineHealth health)
    {
        _health = health;
        _health.Changed += Raise;
    }

    public event Action? Changed;

    public bool IsStopping => _isStopping;

    /// <summary>Why it does not serve; null when it does.</summary>
    public string? Problem
    {
        get
        {
            if (_isStopping)
            {
                return "stopping";
            }

            return _isStarted ? _health.Problem : "starting";
        }
    }

    public void Started()
    {
        _isStarted = true;
        Raise();
    }

    public void Stopping()
    {
        _isStopping = true;
        Raise();
    }

    public void Dispose() => _health.Changed -= Raise;

    private void Raise() => Changed?.Invoke();
}
