using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.CustomResources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Custom resources: additionalPrinterColumns, or name and age (apiextensions-apiserver tableconvertor.go).</summary>
internal static class CustomPrinter
{
    public static TablePrinter For(CustomResourceInfo custom)
    {
        if (custom.PrinterColumns.Count == 0)
        {
            return ClusterPrinters.Default;
        }
        var paths = custom.PrinterColumns.Select(column => (Type: column.Text("type") ?? "string", Path: JsonPath.Parse(column.Text("jsonPath") ?? ""))).ToArray();
        var columns = custom.PrinterColumns.Select(column => new TableColumn(
            column.Text("name") ?? "", column.Text("type") ?? "string", (int)(column.Number("priority") ?? 0), column.Text("format") ?? "", column.Text("description") ?? ""));
        return new TablePrinter(
            [TableColumn.ObjectName, .. columns],
            (document, now) => [document.Text("metadata", "name"), .. paths.Select(path => Cell(path.Type, path.Path, document, now))]);
    }

    private static JsonNode? Cell(string type, JsonPath path, JsonObject document, DateTimeOffset now)
    {
        var found = path.Find(document).ToList();
        if (found.Count == 0 || found[0] is null)
        {
            return null;
        }
        return type switch
        {
            "integer" => found[0].AsNumber(),
            "number" => found[0].AsDouble(),
            "boolean" => found[0].Flag(),
            "date" => HumanDuration.Since(found[0].Text(), now),
            _ => string.Join(',', found.Select(node => node is JsonValue ? node.Display() : node?.ToJsonString(JsonSerializerOptions.Default))),
        };
    }
}
