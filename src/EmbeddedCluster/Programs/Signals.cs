using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EmbeddedCluster.Programs;

/// <summary>Signals to processes that this one started.</summary>
internal static class Signals
{
    private const int SigTerm = 15; // the same number on Linux and macOS

    /// <summary>Asks a process to finish. Windows has no way to ask a process without a window: there it is ended.</summary>
    public static void Terminate(int processId)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(processId, SigTerm); // fails only when it is gone, which is what was asked for
            return;
        }

        try
        {
            Process.GetProcessById(processId).Kill(entireProcessTree: true);
        }
        catch (ArgumentException)
        {
            // gone already
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
