using Kubernetes.Cel.Checking;

namespace Kubernetes.Api.Schemas.Rules;

/// <summary>What CEL's checker may know of a value from its schema (apiserver pkg/cel/common/schemas.go).</summary>
internal static class SchemaShape
{
    // of every object's metadata CEL sees these alone
    private static readonly string[] MetadataFields = ["name", "generateName"];

    public static Shape Of(Schema schema) => schema.Type switch
    {
        SchemaType.Object when schema.Additional is { } values => new Shape("map", Item: Of(values.Value)),
        SchemaType.Object when schema.Fields.Count > 0 => new Shape("object", field => Field(schema, field)),
        SchemaType.Object => schema.PreserveUnknown ? Shape.Dyn : new Shape("object", _ => null),
        SchemaType.Array => new Shape("list", Item: schema.Items is { } items ? Of(items.Value) : Shape.Dyn),
        SchemaType.Integer => Shape.Int,
        SchemaType.Number => new Shape("double"),
        SchemaType.Boolean => Shape.Bool,
        SchemaType.String => new Shape(schema.Format switch { "date-time" or "date" => "timestamp", "duration" => "duration", "byte" => "bytes", _ => "string" }),
        _ => Shape.Dyn,
    };

    private static Shape? Field(Schema schema, string name)
    {
        var unescaped = EscapedName.Unescape(name);
        if (unescaped == "metadata" && schema.Fields.TryGetValue("metadata", out var metadata) && metadata.Schema.Name is not null)
        {
            return new Shape("object", field => MetadataFields.Contains(field) ? Shape.Text : null);
        }
        return schema.Fields.TryGetValue(unescaped, out var found) ? Of(found.Schema) : null;
    }
}
