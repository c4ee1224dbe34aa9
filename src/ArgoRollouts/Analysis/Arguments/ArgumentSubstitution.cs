using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Arguments;

/// <summary>Puts arguments into text: {{args.name}}.</summary>
public static class ArgumentSubstitution
{
    /// <exception cref="AnalysisException">
    /// argument "name" was not supplied: any argument lacks its value, even one that the text does not use; failed to resolve {{args.name}}.
    /// </exception>
    public static string Substitute(string template, IReadOnlyList<Argument> arguments) => Substitute(template, arguments, value => value);

    /// <summary>Like <see cref="Substitute(string, IReadOnlyList{Argument})"/>, with the values escaped for a place between double quotes.</summary>
    public static string SubstituteQuoted(string template, IReadOnlyList<Argument> arguments) => Substitute(template, arguments, GoQuote.Escaped);

    private static string Substitute(string template, IReadOnlyList<Argument> arguments, Func<string, string> write)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            values[$"args.{argument.Name}"] = argument.Value is { } value
                ? write(value)
                : throw new AnalysisException($"argument \"{argument.Name}\" was not supplied");
        }
        return TextTemplate.Substitute(template, values);
    }
}
