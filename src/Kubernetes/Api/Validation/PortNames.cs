using Kubernetes.Api.Errors;

namespace Kubernetes.Api.Validation;

/// <summary>IANA service names, as ports have them (apimachinery util/validation IsValidPortName).</summary>
internal static class PortNames
{
    private const int Max = 15;

    public static void Check(string field, string name, FieldErrors errors)
    {
        if (name.Length > Max)
        {
            errors.Invalid(field, name, $"must be no more than {Max} characters");
        }
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            errors.Invalid(field, name, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!name.Any(char.IsAsciiLetterLower))
        {
            errors.Invalid(field, name, "must contain at least one letter (a-z)");
        }
        if (name.Contains("--"))
        {
            errors.Invalid(field, name, "must not contain consecutive hyphens");
        }
        if (name.StartsWith('-') || name.EndsWith('-'))
        {
            errors.Invalid(field, name, "must not begin or end with a hyphen");
        }
    }
}
