using System.Text.Json.Nodes;

namespace Kubernetes.Api.CustomResources;

/// <summary>What a custom resource has beyond a built-in one: its definition, schema and printer columns, as the definition states them.</summary>
internal sealed record CustomResourceInfo(string DefinitionName, JsonObject? OpenApiSchema, IReadOnlyList<JsonObject> PrinterColumns)
{
    /// <summary>The definition is being deleted: existing objects are served, new ones refused.</summary>
    public bool Terminating { get; init; }
}
