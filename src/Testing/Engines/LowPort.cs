using System.Net;
using System.Net.Sockets;

namespace AugmentedOS.Testing.Engines;

/// <summary>A port for an engine that is to come back on the same one. It lies below those that systems hand out to
/// clients: a client that knocks again and again at such a port, while nobody listens, may get through to
/// itself.</summary>
internal static class LowPort
{
    private const int Lowest = 12_000;
    private const int Highest = 30_000;

    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
