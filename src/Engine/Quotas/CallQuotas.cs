using System.Collections.Concurrent;
using AugmentedOS.Engine.Access.Methods;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Quotas;

/// <summary>Counts calls against what a namespace, and the whole engine, may be asked. Thread-safe.</summary>
/// <remarks>Namespaces are those that exist: their number bounds what is kept.</remarks>
internal sealed class CallQuotas(QuotaLimits limits, TimeProvider time)
{
    private const int Priorities = MethodProfile.LastPriority + 1;

    /// <summary>The part of a rate that is kept for people who look why there is too much.</summary>
    private const double OperatorShare = 0.2;

    private readonly PriorityRate? _calls = Rate(limits.Calls, 1, time);
    private readonly PriorityRate? _operatorCalls = Rate(limits.Calls * OperatorShare, 1, time);
    private readonly ConcurrentDictionary<string, NamespaceQuota> _namespaces = new(StringComparer.Ordinal);

    public bool AreNone => limits.AreNone;

    /// <summary>Takes what the call uses up.</summary>
    /// <param name="ns">The namespace's name; empty when there is none of that name, or the call has none.</param>
    /// <param name="waits">Whether this call waits: its place must be given back with <see cref="Leave"/>.</param>
    /// <returns>Why it must not be made; then nothing is to be given back.</returns>
    public Rejection? Enter(MethodProfile method, string ns, bool waits, bool isOperator)
    {
        if (ns.Length > 0)
        {
            var quota = _namespaces.GetOrAdd(ns, static (ns, made) => new NamespaceQuota(made.limits.In(ns), made.time), (limits, time));
            if (waits && !quota.EnterWait(method.Name))
            {
                return Rejection.ResourceExhausted(
                    ResourceExhaustedCause.ConcurrentLimit, "namespace concurrent poller limit exceeded");
            }

            if (!quota.TryTake(method, isOperator))
            {
                if (waits)
                {
                    quota.LeaveWait(method.Name);
                }

                return Rejection.ResourceExhausted(ResourceExhaustedCause.RpsLimit, "namespace rate limit exceeded");
            }
        }

        if ((isOperator ? _operatorCalls : _calls)?.TryTake(isOperator ? 0 : method.Priority) is not false)
        {
            return null;
        }

        if (waits)
        {
            Leave(method, ns);
        }

        return Rejection.ResourceExhausted(
            ResourceExhaustedCause.RpsLimit, "service rate limit exceeded", ResourceExhaustedScope.System);
    }

    /// <summary>Gives back the place of a call that waited.</summary>
    public void Leave(MethodProfile method, string ns)
    {
        if (ns.Length > 0)
        {
            _namespaces[ns].LeaveWait(method.Name);
        }
    }

    private static PriorityRate? Rate(double perSecond, double burst, TimeProvider time) =>
        perSecond > 0 ? new PriorityRate(perSecond, burst, Priorities, time) : null;

    private sealed class NamespaceQuota(QuotaLimits limits, TimeProvider time)
    {
        private readonly PriorityRate? _calls = Rate(limits.NamespaceCalls, limits.NamespaceBurst, time);
        private readonly PriorityRate? _operatorCalls =
            Rate(limits.NamespaceCalls * OperatorShare, limits.NamespaceBurst, time);

        private readonly PriorityRate? _lists = Rate(limits.NamespaceLists, limits.NamespaceListsBurst, time);
        private readonly PriorityRate? _operatorLists =
            Rate(limits.NamespaceLists * OperatorShare, limits.NamespaceListsBurst, time);

        private readonly ConcurrentDictionary<string, int> _waiting = new(StringComparer.Ordinal);

        public bool TryTake(MethodProfile method, bool isOperator)
        {
            var rate = (method.Lists, isOperator) switch
            {
                (false, false) => _calls,
                (false, true) => _operatorCalls,
                (true, false) => _lists,
                (true, true) => _operatorLists,
            };
            return rate?.TryTake(isOperator ? 0 : method.Priority) is not false;
        }

        /// <summary>Each kind of wait has places of its own: workers must not keep clients out, nor clients workers.</summary>
        public bool EnterWait(string method)
        {
            if (limits.NamespaceWaits == 0)
            {
                return true;
            }

            if (_waiting.AddOrUpdate(method, 1, static (_, count) => count + 1) <= limits.NamespaceWaits)
            {
                return true;
            }

            LeaveWait(method);
            return false;
        }

        public void LeaveWait(string method)
        {
            if (limits.NamespaceWaits > 0)
            {
                _waiting.AddOrUpdate(method, 0, static (_, count) => count - 1);
            }
        }
    }
}
