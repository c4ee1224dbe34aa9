using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Arguments;

/// <summary>Fills the arguments that templates ask for (MergeArgs and flattenArgs of utils/analysis/helpers.go).</summary>
public static class ArgumentMerging
{
    /// <summary>The arguments of the templates, with the values given; what no template asks for is left out.</summary>
    /// <exception cref="AnalysisException">args.name was not resolved: neither gives a value.</exception>
    public static List<Argument> Merge(IEnumerable<Argument> given, IEnumerable<Argument> wanted)
    {
        var merged = wanted.Select(Copy).ToList();
        foreach (var argument in given)
        {
            if (merged.Find(m => m.Name == argument.Name) is not { } target)
            {
                continue;
            }
            if (argument.Value is not null)
            {
                target.Value = argument.Value;
            }
            else if (argument.ValueFrom is not null)
            {
                target.ValueFrom = argument.ValueFrom;
            }
        }
        return merged.Find(m => m.Value is null && m.ValueFrom is null) is { } missing
            ? throw new AnalysisException($"args.{missing.Name} was not resolved")
            : merged;
    }

    /// <summary>One list of the arguments of several templates: the first value of a name counts.</summary>
    /// <exception cref="AnalysisException">Two values of one name differ.</exception>
    public static List<Argument> Combine(IEnumerable<Argument> arguments)
    {
        var combined = new List<Argument>();
        foreach (var argument in arguments)
        {
            var index = combined.FindIndex(a => a.Name == argument.Name);
            if (index < 0)
            {
                combined.Add(argument);
                continue;
            }
            var previous = combined[index];
            if (previous.Value is null)
            {
                combined[index] = argument;
            }
            else if (argument.Value is not null && argument.Value != previous.Value)
            {
                throw new AnalysisException(
                    $"Argument `{previous.Name}` specified multiple times with different values: '{previous.Value}', '{argument.Value}'");
            }
        }
        return combined;
    }

    private static Argument Copy(Argument argument) => new() { Name = argument.Name, Value = argument.Value, ValueFrom = argument.ValueFrom };
}
