using System.Text;

namespace ArgoRollouts.Metrics;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class Exposition
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Head(StringBuilder text, string name, string help, string type)
        => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <summary><c>a="1",b="2"</c> with values escaped.</summary>
    public static string Labels(string[] names, string[] values) => string.Join(',', names.Zip(values, (name, value) => $"{name}=\"{Escape(value)}\""));

    private static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}
