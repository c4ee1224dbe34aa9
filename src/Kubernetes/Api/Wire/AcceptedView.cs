using Kubernetes.Api.Errors;
using Microsoft.Extensions.Primitives;

namespace Kubernetes.Api.Wire;

internal enum ViewKind
{
    Object,
    PartialMetadata,
    Table,
}

/// <summary>
/// What the client wants to see, from its Accept header: the object, its metadata or a table; always as JSON, since
/// clients that prefer protobuf name JSON second.
/// </summary>
internal sealed record AcceptedView(ViewKind Kind)
{
    private static readonly AcceptedView Plain = new(ViewKind.Object);
    private static readonly string[] Supported = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    /// <exception cref="ApiException">406: nothing the server can write.</exception>
    public static AcceptedView Parse(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
        {
            return Plain;
        }
        var known = false;
        foreach (var clause in accept.ToString().Split(','))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "*/*" or "application/*"))
            {
                continue;
            }
            known = true;
            var shape = Parameter(parts, "as");
            if (shape is null)
            {
                return Plain;
            }
            if (Parameter(parts, "g") == "meta.k8s.io" && Parameter(parts, "v") == "v1")
            {
                switch (shape)
                {
                    case "Table":
                        return new AcceptedView(ViewKind.Table);
                    case "PartialObjectMetadata" or "PartialObjectMetadataList":
                        return new AcceptedView(ViewKind.PartialMetadata);
                }
            }
        }
        throw known ? StatusErrors.NotAcceptable(Supported) : StatusErrors.NoRepresentation(Supported);
    }

    private static string? Parameter(string[] parts, string name)
    {
        foreach (var part in parts)
        {
            if (part.StartsWith(name, StringComparison.Ordinal) && part.Length > name.Length && part[name.Length] == '=')
            {
                return part[(name.Length + 1)..];
            }
        }
        return null;
    }
}
