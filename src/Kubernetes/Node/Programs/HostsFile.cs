using System.Threading.Channels;
using Kubernetes.Network;

namespace Kubernetes.Node.Programs;

/// <summary>
/// A container's <c>/etc/hosts</c>, as the kubelet manages one for each pod: this machine's own lines and the cluster's names, written anew in place
/// whenever these change, so that it stays the file that is mounted.
/// </summary>
internal sealed class HostsFile : IAsyncDisposable
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string _path;
    private readonly ClusterDns _names;
    private readonly IDisposable _subscription;
    private readonly Task _following;

    private HostsFile(string path, ClusterDns names)
    {
        _path = path;
        _names = names;
        _subscription = names.OnChange(() => _changed.Writer.TryWrite(true));
        Write();
        _following = FollowAsync();
    }

    /// <summary>Where a container has it, in its own folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "hosts");

    /// <summary>Writes it into the folder and keeps it current until it is disposed.</summary>
    public static HostsFile Keep(string folder, ClusterDns names) => new(PathIn(folder), names);

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        _changed.Writer.Complete();
        await _following;
    }

    private async Task FollowAsync()
    {
        await foreach (var _ in _changed.Reader.ReadAllAsync())
        {
            try
            {
                Write();
            }
            catch (IOException)
            {
                // the container's folder has gone before the container, or the disk is full: the next change writes it
            }
        }
    }

    private void Write()
    {
        var lines = File.ReadLines(PodNamespaces.Hosts).Concat(_names.Names().Select(host => $"{host.Address} {string.Join(' ', host.Names)}"));
        File.WriteAllText(_path, string.Join('\n', lines) + '\n');
    }
}
