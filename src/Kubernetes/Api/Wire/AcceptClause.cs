using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Kubernetes.Api.Wire;

/// <summary>One alternative of an Accept header.</summary>
internal sealed record AcceptClause(string MediaType, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The alternatives, best first: by q, then those that name a type before wildcards (goautoneg).</summary>
    public static IReadOnlyList<AcceptClause> Parse(StringValues accept) =>
    [
        .. accept.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(One)
            .OrderByDescending(clause => clause.Quality)
            .ThenBy(clause => clause.MediaType.Count(sign => sign == '*')),
    ];

    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);

    private double Quality => double.TryParse(Parameter("q"), NumberStyles.Float, CultureInfo.InvariantCulture, out var quality) ? quality : 1;

    private static AcceptClause One(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var parameters = new Dictionary<string, string>();
        foreach (var part in parts.Skip(1))
        {
            var sign = part.IndexOf('=');
            if (sign > 0)
            {
                parameters[part[..sign]] = part[(sign + 1)..];
            }
        }
        return new AcceptClause(parts[0], parameters);
    }
}
