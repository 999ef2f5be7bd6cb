using System.Net;
using System.Net.Sockets;

namespace AugmentedOS.Cli.Server;

/// <summary>Whether ports are free, before anything else is done.</summary>
internal static class PortCheck
{
    /// <summary>Which port cannot be had and why, in the official command line's words; null when all can.</summary>
    public static string? Problem(DevServer server) =>
        Problem(server.Ip, server.Port, "frontend port")
        ?? (server.HttpPort > 0 ? Problem(server.Ip, server.HttpPort, "frontend HTTP port") : null)
        ?? (server.MetricsPort > 0 ? Problem(server.Ip, server.MetricsPort, "metrics port") : null);

    private static string? Problem(string ip, int port, string what)
    {
        if (port is < 0 or > ushort.MaxValue || !IPAddress.TryParse(ip, out var address))
        {
            return null;   // the engine says what is wrong with it
        }

        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return null;
        }
        catch (SocketException taken)
        {
            var reason = taken.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? "bind: address already in use"
                : $"bind: {taken.Message}";
            return $"can't set {what} {port}: listen tcp {new IPEndPoint(address, port)}: {reason}";
        }
    }
}
