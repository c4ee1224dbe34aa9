using System.Text.Json.Nodes;

namespace Kubernetes.Api.Tables;

/// <summary>One column; priority above 0 shows with -o wide only.</summary>
internal sealed record TableColumn(string Name, string Type = "string", int Priority = 0, string Format = "", string Description = "")
{
    public static readonly TableColumn ObjectName = new("Name", Format: "name", Description: "Name of the object, unique within its namespace.");

    public static readonly TableColumn Age = new("Age", Description: "Time since the object was created.");

    public JsonObject ToJson() => new()
    {
        ["name"] = Name, ["type"] = Type, ["format"] = Format, ["description"] = Description, ["priority"] = Priority,
    };
}

/// <summary>How a kind is printed: its columns, and the cells of one object at a moment.</summary>
internal sealed record TablePrinter(IReadOnlyList<TableColumn> Columns, Func<JsonObject, DateTimeOffset, IEnumerable<JsonNode?>> Cells);
