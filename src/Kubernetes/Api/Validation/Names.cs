using Kubernetes.Api.Resources;

namespace Kubernetes.Api.Validation;

/// <summary>Name, label and annotation syntax, with upstream's messages (apimachinery util/validation).</summary>
internal static class Names
{
    public const string SubdomainMessage = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    public const string LabelMessage = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    public const string Label1035Message = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    public const string LabelValueMessage = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    public const string QualifiedNameMessage = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const int SubdomainMax = 253;
    private const int LabelMax = 63;

    /// <summary>Null when the name follows the rule, else what the rule is.</summary>
    public static string? Problem(NameRule rule, string name) => rule switch
    {
        NameRule.DnsSubdomain when name.Length > SubdomainMax => $"must be no more than {SubdomainMax} characters",
        NameRule.DnsSubdomain => IsSubdomain(name) ? null : SubdomainMessage,
        NameRule.PathSegment => name is "." or ".." ? $"may not be '{name}'" : name.Contains('/') ? "may not contain '/'" : name.Contains('%') ? "may not contain '%'" : null,
        _ when name.Length > LabelMax => $"must be no more than {LabelMax} characters",
        NameRule.Dns1035Label => IsDnsLabel(name) && char.IsAsciiLetterLower(name[0]) ? null : Label1035Message,
        _ => IsDnsLabel(name) ? null : IsSubdomain(name) ? "must not contain dots" : LabelMessage,
    };

    public static bool IsSubdomain(string name) => name.Length is > 0 and <= SubdomainMax && name.Split('.').All(part => IsLabelShaped(part));

    public static bool IsDnsLabel(string name) => name.Length is > 0 and <= LabelMax && IsLabelShaped(name);

    public static bool IsLabelValue(string value) => value.Length == 0 || IsNamePart(value);

    /// <summary>[prefix/]name, as label and annotation keys are.</summary>
    public static bool IsQualifiedName(string name)
    {
        var slash = name.IndexOf('/');
        return slash < 0
            ? IsNamePart(name)
            : IsSubdomain(name[..slash]) && IsNamePart(name[(slash + 1)..]);
    }

    /// <summary>What is wrong with a key that is no qualified name.</summary>
    public static string QualifiedNameProblem(string name) => name.IndexOf('/') switch
    {
        < 0 => name.Length > LabelMax ? $"name part must be no more than {LabelMax} characters" : QualifiedNameMessage,
        0 => "prefix part must be non-empty",
        var slash when !IsSubdomain(name[..slash]) => $"prefix part {SubdomainMessage}",
        var slash => QualifiedNameProblem(name[(slash + 1)..]),
    };

    private static bool IsLabelShaped(string part) =>
        part.Length > 0 && part[0] != '-' && part[^1] != '-' && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsNamePart(string part) =>
        part.Length is > 0 and <= LabelMax && char.IsAsciiLetterOrDigit(part[0]) && char.IsAsciiLetterOrDigit(part[^1])
        && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
