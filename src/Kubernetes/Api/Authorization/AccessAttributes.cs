using Kubernetes.Api.Authentication;
using Kubernetes.Api.Errors;

namespace Kubernetes.Api.Authorization;

/// <summary>What is asked: a verb on a resource ("pods/log" with its subresource), or on a path.</summary>
internal sealed record AccessAttributes(UserInfo User, string Verb, string Group, string Resource, string Namespace, string Name)
{
    /// <summary>Set when it is a path that is asked for.</summary>
    public string? Path { get; init; }

    /// <summary>The refusal in upstream's words (apiserver handlers/responsewriters/errors.go).</summary>
    /// <param name="reason">The authorizer's, e.g. that a bound role is missing; often "".</param>
    public ApiException Refusal(string reason = "")
    {
        var why = reason.Length == 0 ? "" : $": {reason}";
        if (Path is not null)
        {
            return new ApiException(403, "Forbidden", $"forbidden: User \"{User.Name}\" cannot {Verb} path \"{Path}\"{why}", []);
        }
        var where = Namespace.Length > 0 ? $"in the namespace \"{Namespace}\"" : "at the cluster scope";
        var plural = Resource.Split('/')[0];
        var qualified = Group.Length == 0 ? plural : $"{plural}.{Group}";
        var subject = Name.Length > 0 ? $"{qualified} \"{Name}\"" : qualified;
        var details = new System.Text.Json.Nodes.JsonObject { ["kind"] = plural };
        if (Name.Length > 0)
        {
            details["name"] = Name;
        }
        if (Group.Length > 0)
        {
            details["group"] = Group;
        }
        return new ApiException(
            403, "Forbidden", $"{subject} is forbidden: User \"{User.Name}\" cannot {Verb} resource \"{Resource}\" in API group \"{Group}\" {where}{why}", details);
    }
}
