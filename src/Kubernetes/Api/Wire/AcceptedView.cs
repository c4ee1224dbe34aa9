using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire.Protobuf;
using Microsoft.Extensions.Primitives;

namespace Kubernetes.Api.Wire;

internal enum ViewKind
{
    Object,
    PartialMetadata,
    Table,
}

/// <summary>
/// What the client wants to see, from its Accept header: the object, its metadata or a table, as JSON or protobuf (apiserver
/// endpoints/handlers/negotiation, and endpoints/handlers/rest.go for what may be asked of which type).
/// </summary>
internal sealed record AcceptedView(ViewKind Kind, bool Protobuf)
{
    private const string Json = "application/json";

    private static readonly string[] Supported = [Json, "application/yaml", ProtobufBody.MediaType];
    private static readonly AcceptedView Plain = new(ViewKind.Object, Protobuf: false);

    /// <summary>For an object of a built-in kind, or, without protobuf but for its metadata, of a custom resource.</summary>
    /// <exception cref="ApiException">406: nothing the server can write.</exception>
    public static AcceptedView Parse(StringValues accept, bool custom)
    {
        if (!custom)
        {
            RequireKnownType(accept);
        }
        return First(accept, clause => Of(clause, custom)) ?? throw StatusErrors.NotAcceptable(Supported);
    }

    /// <summary>Whether what has no other views, as discovery, is answered in protobuf.</summary>
    /// <exception cref="ApiException">406: nothing the server can write.</exception>
    public static bool IsProtobuf(StringValues accept)
    {
        RequireKnownType(accept);
        return First(accept, Unchanged)?.Protobuf ?? throw StatusErrors.NotAcceptable(Supported);
    }

    /// <summary>Errors are written also to those who accept nothing: in JSON.</summary>
    public static bool IsProtobufForErrors(StringValues accept) => First(accept, Unchanged) is { Protobuf: true };

    /// <summary>The routes of built-in kinds refuse types that they never write before anything else is looked at, as go-restful does.</summary>
    private static void RequireKnownType(StringValues accept)
    {
        var clauses = AcceptClause.Parse(accept);
        if (clauses.Count > 0 && !clauses.Any(clause => clause.MediaType == "*/*" || Supported.Contains(clause.MediaType)))
        {
            throw StatusErrors.NoRepresentation(Supported);
        }
    }

    private static AcceptedView? First(StringValues accept, Func<AcceptClause, AcceptedView?> view)
    {
        var clauses = AcceptClause.Parse(accept);
        return clauses.Count == 0 ? Plain : clauses.Select(view).FirstOrDefault(found => found is not null);
    }

    private static AcceptedView? Of(AcceptClause clause, bool custom)
    {
        var view = (clause.Parameter("as"), clause.Parameter("g"), clause.Parameter("v")) switch
        {
            ("Table", "meta.k8s.io", "v1") => Written(clause, ViewKind.Table),
            ("PartialObjectMetadata" or "PartialObjectMetadataList", "meta.k8s.io", "v1") => Written(clause, ViewKind.PartialMetadata),
            _ => Unchanged(clause),
        };
        var impossible = view is { Protobuf: true } && (view.Kind == ViewKind.Table || (custom && view.Kind == ViewKind.Object));
        return impossible ? null : view;
    }

    private static AcceptedView? Unchanged(AcceptClause clause) =>
        clause.Parameter("as") is null && clause.Parameter("g") is null && clause.Parameter("v") is null ? Written(clause, ViewKind.Object) : null;

    private static AcceptedView? Written(AcceptClause clause, ViewKind kind) => clause.MediaType switch
    {
        Json or "*/*" or "application/*" => new AcceptedView(kind, Protobuf: false),
        ProtobufBody.MediaType => new AcceptedView(kind, Protobuf: true),
        _ => null,
    };
}
