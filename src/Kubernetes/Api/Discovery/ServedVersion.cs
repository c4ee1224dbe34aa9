using System.Text.Json.Nodes;

namespace Kubernetes.Api.Discovery;

/// <summary>The version this server presents itself as: the Kubernetes release whose behaviour it follows.</summary>
internal static class ServedVersion
{
    public const string Git = "v1.35.0";

    public static JsonObject Info() => new()
    {
        ["major"] = "1",
        ["minor"] = "35",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "35",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "34",
        ["gitVersion"] = Git,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-12-17T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "embedded",
    };
}
