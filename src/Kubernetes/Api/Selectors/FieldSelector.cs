using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;

namespace Kubernetes.Api.Selectors;

internal sealed record FieldRequirement(string Field, bool Equal, string Value);

/// <summary>The fieldSelector of a request; only fields that the kind offers are accepted.</summary>
internal sealed class FieldSelector(IReadOnlyList<FieldRequirement> requirements)
{
    public static readonly FieldSelector Everything = new([]);

    public bool IsEverything => requirements.Count == 0;

    /// <summary>The one name that can match, when the selector says so.</summary>
    public string? Name => requirements.FirstOrDefault(r => r is { Field: "metadata.name", Equal: true })?.Value;

    public bool Matches(Func<string, string> valueOf)
    {
        foreach (var requirement in requirements)
        {
            if ((valueOf(requirement.Field) == requirement.Value) != requirement.Equal)
            {
                return false;
            }
        }
        return true;
    }

    /// <exception cref="ApiException">400: malformed, or "field label not supported".</exception>
    public static FieldSelector Parse(string? text, ResourceInfo resource)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }
        var requirements = new List<FieldRequirement>();
        foreach (var term in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = term.IndexOf('=');
            if (at <= 0)
            {
                throw StatusErrors.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
            }
            var negated = term[at - 1] == '!';
            var field = term[..(negated ? at - 1 : at)].Trim();
            var value = term[(at + 1)..].TrimStart('=').Trim();
            if (field is not ("metadata.name" or "metadata.namespace") && !resource.Strategy.FieldNames.Contains(field))
            {
                // kinds without fields of their own go through apimachinery's default conversion, which has words of its own
                throw StatusErrors.BadRequest(resource.Custom is null && resource.Strategy.FieldNames.Length == 0
                    ? $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                    : $"field label not supported: {field}");
            }
            requirements.Add(new FieldRequirement(field, !negated, value));
        }
        return new FieldSelector(requirements);
    }
}
