using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>meta.k8s.io/v1 Tables of one resource, for lists, single objects and watches (apiserver handlers/response.go).</summary>
/// <param name="resource">What is printed.</param>
/// <param name="includeObject">What rows carry: "Metadata" (default), "Object" or "None".</param>
/// <param name="now">Ages are counted to this moment.</param>
internal sealed class TableView(ResourceInfo resource, string? includeObject, DateTimeOffset now)
{
    private readonly TablePrinter printer = TablePrinters.For(resource);

    public JsonObject Table(IEnumerable<byte[]> stored, JsonObject metadata, bool withColumns = true) => new()
    {
        ["kind"] = "Table",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = metadata,
        ["columnDefinitions"] = withColumns ? new JsonArray([.. printer.Columns.Select(column => column.ToJson())]) : [],
        ["rows"] = new JsonArray([.. stored.Select(Row)]),
    };

    public JsonObject One(byte[] stored, bool withColumns = true) =>
        Table([stored], new JsonObject { ["resourceVersion"] = Metadata.Tree(stored).Text("metadata", "resourceVersion") }, withColumns);

    private JsonObject Row(byte[] stored)
    {
        var document = Metadata.Tree(stored);
        var row = new JsonObject { ["cells"] = new JsonArray([.. printer.Cells(document, now)]) };
        switch (includeObject)
        {
            case "None":
                break;
            case "Object":
                row["object"] = resource.FromStorage?.Invoke(document) ?? document;
                break;
            default:
                row["object"] = ObjectView.Partial(document);
                break;
        }
        return row;
    }
}
