using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Controllers.Runtime.Manifests;

namespace ArgoCd.Tests;

/// <summary>Objects written as the YAML that a reader would write.</summary>
internal static class Yaml
{
    public static Unstructured Object(string yaml) => ManifestReader.Read(yaml, "test")[0];

    public static JsonObject Json(string yaml) => Object(yaml).Json;

    public static IReadOnlyList<Unstructured> Objects(string yaml) => ManifestReader.Read(yaml, "test");
}
