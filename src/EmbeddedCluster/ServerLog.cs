using System.Globalization;

namespace EmbeddedCluster;

/// <summary>Log lines as k3s writes them (logrus' text format): <c>time="…" level=info msg="…"</c>.</summary>
internal sealed class ServerLog(TextWriter output, TimeProvider time)
{
    public void Info(string message) => Write("info", message);

    public void Fatal(string message) => Write("fatal", message);

    private void Write(string level, string message)
    {
        var at = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var quoted = message.Replace("\\", "\\\\").Replace("\"", "\\\"").ReplaceLineEndings("\\n");
        output.WriteLine($"time=\"{at}\" level={level} msg=\"{quoted}\"");
        output.Flush();
    }
}
