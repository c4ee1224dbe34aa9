using System.Text;

namespace EmbeddedCluster.Images.Prometheus.PromQl;

/// <summary>
/// Turns a query about the cluster's time into the query with the same answer about samples that carry real timestamps: ranges, offsets and
/// <c>@</c> become real ones, per-second values become per second of the cluster, and moments become the cluster's. See docs/prometheus.md.
/// </summary>
internal sealed class RealTimeQuery
{
    /// <summary>Their value is a change per second.</summary>
    private static readonly HashSet<string> PerSecond = ["rate", "irate", "deriv"];

    /// <summary>Their value is a moment in Unix seconds.</summary>
    private static readonly HashSet<string> Moments =
        ["timestamp", "start_timestamp", "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time"];

    /// <summary>Without an argument they tell the evaluation's moment.</summary>
    private static readonly HashSet<string> Calendar = ["minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year"];

    private readonly IReadOnlyList<PromQlToken> _tokens;
    private readonly TimeScale _scale;

    private RealTimeQuery(IReadOnlyList<PromQlToken> tokens, TimeScale scale)
    {
        _tokens = tokens;
        _scale = scale;
    }

    /// <summary>
    /// The query in real time. What is no PromQL is returned as it is, so that Prometheus itself says what is wrong with it.
    /// </summary>
    public static string From(string query, TimeScale scale)
        => scale.IsReal || PromQlLexer.Tokenize(query) is not { } tokens ? query : new RealTimeQuery(tokens, scale).Write(0, tokens.Count) ?? query;

    /// <returns>The tokens from one index to before another, or null when a parenthesis does not close.</returns>
    private string? Write(int from, int to)
    {
        var result = new StringBuilder();
        for (var at = from; at < to; at++)
        {
            var token = _tokens[at];
            var next = Significant(at + 1);
            if (token.Kind == PromQlKind.Identifier && IsAt(next, "("))
            {
                if (Closing(next) is not { } end || end >= to || Call(at, next, end) is not { } call)
                {
                    return null;
                }

                result.Append(call);
                at = end;
            }
            else if (token.Is("["))
            {
                if (Enumerable.Range(at, to - at).FirstOrDefault(index => _tokens[index].Is("]")) is not (> 0 and var end))
                {
                    return null;
                }

                result.Append(Brackets(at, end));
                at = end;
            }
            else if (token.Is("@") || (token.Kind == PromQlKind.Identifier && token.Text.Equals("offset", StringComparison.OrdinalIgnoreCase)))
            {
                result.Append(token.Text);
                (var modified, at) = token.Is("@") ? Modifier(at, Moment) : Modifier(at, Span);
                result.Append(modified);
            }
            else
            {
                result.Append(token.Text);
            }
        }

        return result.ToString();
    }

    private string? Call(int name, int open, int close)
    {
        var function = _tokens[name].Text;
        if (function == "predict_linear" && LastArgument(open, close) is { } comma)
        {
            return (Write(open + 1, comma), Write(comma + 1, close)) is ({ } series, { } seconds)
                ? $"{function}({series}, ({seconds}) / {Speed})"
                : null;
        }

        if (Write(open + 1, close) is not { } arguments)
        {
            return null;
        }

        var empty = Significant(open + 1) == close;
        var call = $"{function}{Text(name + 1, open)}({arguments})";
        return function switch
        {
            "time" when empty => ClusterMoment(call),
            _ when PerSecond.Contains(function) => $"({call} / {Speed})",
            _ when Moments.Contains(function) => ClusterMoment(call),
            _ when Calendar.Contains(function) && empty => $"{function}(vector({ClusterMoment("time()")}))",
            _ => call,
        };
    }

    /// <summary>A range or a subquery's range and step. Anything else in brackets is an expression that Prometheus refuses by default: it stays.</summary>
    private string Brackets(int open, int close)
    {
        var inside = _tokens.Skip(open + 1).Take(close - open - 1).ToList();
        var simple = inside.All(token => token.Kind is PromQlKind.Space or PromQlKind.Duration or PromQlKind.Number || token.Is(":"));
        return $"[{string.Concat(inside.Select(token => simple ? Span(token) : token.Text))}]";
    }

    /// <summary>What follows <c>offset</c> or <c>@</c>: a sign if any, and a literal; anything else is no business of time.</summary>
    private (string Text, int End) Modifier(int at, Func<PromQlToken, string> change)
    {
        var literal = Significant(at + 1);
        var sign = IsAt(literal, "-") || IsAt(literal, "+");
        literal = sign ? Significant(literal + 1) : literal;
        return literal < _tokens.Count && _tokens[literal].Kind is PromQlKind.Number or PromQlKind.Duration
            ? (Text(at + 1, literal) + change(_tokens[literal]), literal)
            : ("", at);
    }

    private string Span(PromQlToken token)
        => token.Kind switch
        {
            PromQlKind.Duration when PromQlDuration.Parse(token.Text) is { } span => PromQlDuration.Text(_scale.ToReal(span)),
            PromQlKind.Number when PromQlNumber.Parse(token.Text) is { } seconds and < 1e10
                => PromQlNumber.Text(_scale.ToReal(TimeSpan.FromSeconds(seconds)).TotalSeconds),
            _ => token.Text,
        };

    private string Moment(PromQlToken token)
        => token.Kind == PromQlKind.Number && PromQlNumber.Parse(token.Text) is { } seconds ? $"{_scale.ToReal(seconds):F3}" : token.Text;

    private string ClusterMoment(string real) => $"({Start} + ({real} - {Start}) * {Speed})";

    private string Start => $"{_scale.StartSeconds:F3}";

    private string Speed => PromQlNumber.Text(_scale.Speed);

    private string Text(int from, int to) => string.Concat(_tokens.Skip(from).Take(to - from).Select(token => token.Text));

    private bool IsAt(int index, string punctuation) => index < _tokens.Count && _tokens[index].Is(punctuation);

    private int Significant(int from)
    {
        while (from < _tokens.Count && _tokens[from].Kind == PromQlKind.Space)
        {
            from++;
        }

        return from;
    }

    /// <returns>Where the parenthesis at <paramref name="open"/> closes, or null.</returns>
    private int? Closing(int open)
    {
        var depth = 0;
        for (var at = open; at < _tokens.Count; at++)
        {
            depth += _tokens[at].Is("(") ? 1 : _tokens[at].Is(")") ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return null;
    }

    /// <returns>The comma before a call's last argument, or null when it has one argument.</returns>
    private int? LastArgument(int open, int close)
    {
        var depth = 0;
        int? comma = null;
        for (var at = open + 1; at < close; at++)
        {
            var token = _tokens[at];
            depth += token.Is("(") || token.Is("{") || token.Is("[") ? 1 : token.Is(")") || token.Is("}") || token.Is("]") ? -1 : 0;
            comma = depth == 0 && token.Is(",") ? at : comma;
        }

        return comma;
    }
}
