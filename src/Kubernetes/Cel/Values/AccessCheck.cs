namespace Kubernetes.Cel.Values;

/// <summary>What an expression asks of the authorizer, as far as it has been said.</summary>
public sealed record AccessQuestion
{
    /// <summary>Namespace and name of whom it is asked for; null: of whoever makes the request.</summary>
    public (string Namespace, string Name)? ServiceAccount { get; init; }

    public string? Path { get; init; }

    public string Group { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";
}

/// <summary>The answer; the error is empty unless it could not be decided.</summary>
public sealed record AccessAnswer(bool Allowed, string Reason, string Error = "");

/// <summary>
/// The authorizer of Kubernetes' CEL library on its way from <c>authorizer</c> to a check (apiserver pkg/cel/library/authz.go). Each step has a type
/// of its own, by the name that the library gives it.
/// </summary>
/// <param name="Type">Authorizer, GroupCheck, ResourceCheck or PathCheck.</param>
/// <param name="Question">What has been said so far.</param>
/// <param name="Ask">Decides for a verb.</param>
public sealed record AccessCheck(string Type, AccessQuestion Question, Func<AccessQuestion, string, AccessAnswer> Ask) : ICelMap
{
    /// <summary>What the request itself is about: <c>authorizer.requestResource</c>.</summary>
    public AccessQuestion? RequestResource { get; init; }

    IEnumerable<object> ICelMap.Keys => [];

    int ICelMap.Count => 0;

    bool ICelMap.TryGet(object key, out object? value)
    {
        value = Type == "Authorizer" && key is "requestResource" && RequestResource is not null
            ? new AccessCheck("ResourceCheck", RequestResource, Ask)
            : null;
        return value is not null;
    }
}
