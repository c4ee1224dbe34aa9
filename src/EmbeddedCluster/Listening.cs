using System.Net;
using System.Net.Sockets;

namespace EmbeddedCluster;

/// <summary>Turns an address that cannot be bound into a message for the person who chose it.</summary>
internal static class Listening
{
    public static async Task<T> AtAsync<T>(IPEndPoint endpoint, string option, Func<Task<T>> listen)
    {
        try
        {
            return await listen();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw Refused(endpoint, option, exception);
        }
    }

    public static void At(IPEndPoint endpoint, string option, Action listen)
    {
        try
        {
            listen();
        }
        catch (SocketException exception)
        {
            throw Refused(endpoint, option, exception);
        }
    }

    private static ClusterStartException Refused(IPEndPoint endpoint, string option, Exception exception)
        => new($"cannot listen on {endpoint}: {exception.GetBaseException().Message}; choose another port with {option}, or 0 for a free one", exception);
}
