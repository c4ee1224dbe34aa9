using System.ComponentModel;
using System.Diagnostics;

namespace Kubernetes.Node.Programs;

/// <summary>
/// Linux namespaces that make a local process see its pod's surroundings: the pod's host name, and a hosts file of its own as <c>/etc/hosts</c>
/// (<c>unshare</c> of util-linux, as root or where the system lets users have namespaces). Elsewhere it sees this machine's.
/// </summary>
internal static class PodNamespaces
{
    public const string Hosts = "/etc/hosts";

    private const int HostNameMax = 63; // as the kubelet cuts it: pkg/kubelet/kubelet_pods.go, truncatePodHostnameIfNeeded

    // by their full paths, so that nothing depends on the container's PATH; what follows is the program and its arguments
    private const string EnterAndExec = "\"$1\" \"$2\" && \"$3\" --bind \"$4\" " + Hosts + " && shift 4 && exec \"$@\"";

    private static readonly Lazy<Func<string, string, string[]>?> Wrapper = new(FindWrapper);

    /// <summary>Whether this machine lets us make them.</summary>
    public static bool Available => Wrapper.Value is not null;

    /// <summary>The same program, in namespaces of its own.</summary>
    /// <param name="settings">The program.</param>
    /// <param name="hostName">The pod's.</param>
    /// <param name="hosts">File that is its <c>/etc/hosts</c>.</param>
    public static ProcessSettings Around(ProcessSettings settings, string hostName, string hosts)
    {
        if (Wrapper.Value is not { } wrapper)
        {
            return settings;
        }

        var words = wrapper(hostName.Length <= HostNameMax ? hostName : hostName[..HostNameMax].TrimEnd('-', '.'), hosts);
        return settings with { Executable = words[0], Arguments = [.. words[1..], settings.Executable, .. settings.Arguments] };
    }

    private static Func<string, string, string[]>? FindWrapper()
    {
        if (Installed("unshare") is not { } unshare || Installed("hostname") is not { } setHostName || Installed("mount") is not { } mount)
        {
            return null;
        }

        string[][] ways = [[], ["--user", "--map-root-user"]];
        return ways.Select(Wrap).FirstOrDefault(wrap => Works([.. wrap("probe", Hosts), "/bin/sh", "-c", "exit 0"]));

        Func<string, string, string[]> Wrap(string[] way) => (hostName, hosts)
            => [unshare, .. way, "--mount", "--uts", "/bin/sh", "-c", EnterAndExec, "sh", setHostName, hostName, mount, hosts];
    }

    private static string? Installed(string program) => ProcessSettings.Path.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static bool Works(string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
