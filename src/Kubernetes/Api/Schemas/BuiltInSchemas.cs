using System.Collections.Concurrent;

namespace Kubernetes.Api.Schemas;

/// <summary>Schemas of built-in types, made from the type table when first needed.</summary>
internal static class BuiltInSchemas
{
    private static readonly ConcurrentDictionary<string, Schema> Made = new();
    private static readonly Lazy<Schema> Metadata = new(() => Named("meta/v1.ObjectMeta")!);

    public static Schema ObjectMeta => Metadata.Value;

    public static string TypeName(string group, string version, string kind) =>
        $"{(group.Length == 0 ? "core" : group.Split('.')[0])}/{version}.{kind}";

    public static Schema? Find(string group, string version, string kind) => Named(TypeName(group, version, kind));

    public static Schema? Named(string name) =>
        Made.TryGetValue(name, out var known) ? known
        : TypeTable.Find(name) is { } entry ? Made.GetOrAdd(name, _ => Of(entry))
        : null;

    private static Schema Of(TypeEntry entry)
    {
        var schema = new Schema { Name = entry.Name, Type = SchemaType.Object, Atomic = entry.Atomic };
        if (entry.IsKind)
        {
            var text = new Lazy<Schema>(() => Scalar(SchemaType.String));
            schema.Fields["apiVersion"] = new SchemaField("apiVersion", text) { OmitEmpty = true };
            schema.Fields["kind"] = new SchemaField("kind", text) { OmitEmpty = true };
        }
        AddFields(schema, entry);
        return schema;
    }

    private static void AddFields(Schema schema, TypeEntry entry)
    {
        foreach (var field in entry.Fields)
        {
            if (field.Inline)
            {
                AddFields(schema, TypeTable.Find(field.Type)!);
                continue;
            }
            var strategy = field.Mark("strategy") ?? "";
            schema.Fields[field.Name] = new SchemaField(field.Name, new Lazy<Schema>(() => OfType(field.Type, field)))
            {
                Required = field.Required,
                OmitEmpty = field.OmitEmpty,
                Optional = field.MayBeUnset,
                Merge = strategy.Contains("merge"),
                RetainKeys = strategy.Contains("retainKeys"),
                MergeKey = field.Mark("key"),
            };
        }
    }

    private static Schema OfType(string type, TypeField? field)
    {
        if (type.StartsWith("[]", StringComparison.Ordinal))
        {
            var list = field?.Mark("list");
            return new Schema
            {
                Type = SchemaType.Array,
                Items = new Lazy<Schema>(() => OfType(type[2..], null)),
                ListType = list switch { "set" => ListType.Set, not null when list.StartsWith("map", StringComparison.Ordinal) => ListType.Map, _ => ListType.Atomic },
                MapKeys = list?.Split(':') is [_, var keys] ? keys.Split(',') : [],
            };
        }
        if (type.StartsWith("{}", StringComparison.Ordinal))
        {
            return new Schema
            {
                Type = SchemaType.Object,
                Additional = new Lazy<Schema>(() => OfType(type[2..], null)),
                Atomic = field?.Marks.Contains("atomic") == true,
            };
        }
        return type switch
        {
            "string" => Scalar(SchemaType.String),
            "bool" => Scalar(SchemaType.Boolean),
            "int32" or "int64" => Scalar(SchemaType.Integer, type),
            "float64" => Scalar(SchemaType.Number, "double"),
            "bytes" => Scalar(SchemaType.String, "byte"),
            "Time" or "MicroTime" => new Schema { Type = SchemaType.String, Format = "date-time", Nullable = true, SecondDigits = type == "Time" ? 0 : 6 },
            "Duration" => Scalar(SchemaType.String),
            "IntOrString" => Scalar(SchemaType.IntOrString, "int-or-string"),
            "Quantity" => Scalar(SchemaType.IntOrString, "quantity"),
            "ExtraValue" or "Verbs" => new Schema { Type = SchemaType.Array, Items = new Lazy<Schema>(() => Scalar(SchemaType.String)) },
            "RawExtension" or "FieldsV1" => new Schema { Type = SchemaType.Object, PreserveUnknown = true, Atomic = true },
            "JSON" or "JSONSchemaPropsOrBool" or "JSONSchemaPropsOrArray" or "JSONSchemaPropsOrStringArray" =>
                new Schema { Type = SchemaType.Any, PreserveUnknown = true, Atomic = true },
            _ => Named(type) ?? new Schema { Type = SchemaType.Any, PreserveUnknown = true },
        };
    }

    private static Schema Scalar(SchemaType type, string? format = null) => new() { Type = type, Format = format };
}
