using System.Globalization;
using System.Text.RegularExpressions;

namespace ArgoRollouts.Analysis.JsonPaths;

/// <summary>Reads a template such as {.items[0].name} (client-go's util/jsonpath/parser.go): what stands outside braces is text.</summary>
internal sealed partial class PathParser
{
    private const int End = -1;
    private readonly string input;
    private readonly ListNode root = new([]);
    private int start;
    private int position;

    private PathParser(string input) => this.input = input;

    /// <exception cref="JsonPathException">The template is none.</exception>
    public static ListNode Parse(string template)
    {
        var parser = new PathParser(template);
        parser.Text();
        return parser.root;
    }

    /// <summary>The steps of one pair of braces.</summary>
    private static ListNode Action(string text) => (ListNode)Parse("{" + text + "}").Nodes[0];

    private void Text()
    {
        while (position < input.Length)
        {
            if (input[position] != '{')
            {
                position++;
                continue;
            }
            AddText();
            position++;
            Take();
            var action = new ListNode([]);
            root.Nodes.Add(action);
            Inside(action.Nodes);
        }
        AddText();
    }

    private void AddText()
    {
        if (position > start)
        {
            root.Nodes.Add(new TextNode(Take()));
        }
    }

    private void Inside(List<PathNode> nodes)
    {
        while (true)
        {
            if (StartsWith("}"))
            {
                position++;
                Take();
                return;
            }
            if (StartsWith("[?("))
            {
                Filter(nodes);
            }
            else if (StartsWith(".."))
            {
                Recursive(nodes);
            }
            else
            {
                Step(nodes);
            }
        }
    }

    private void Step(List<PathNode> nodes)
    {
        var c = Next();
        switch (c)
        {
            case End or '\r' or '\n':
                throw new JsonPathException("unclosed action");
            case ' ' or '@' or '$':
                Take();
                break;
            case '[':
                Brackets(nodes);
                break;
            case '"' or '\'':
                nodes.Add(new TextNode(Quoted(c)));
                break;
            case '.':
                Field(nodes);
                break;
            case '+' or '-' or (>= '0' and <= '9'):
                position--;
                Number(nodes);
                break;
            case '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                Identifier(nodes);
                break;
            default:
                throw new JsonPathException($"unrecognized character in action: U+{c.ToString("X4", CultureInfo.InvariantCulture)} '{(char)c}'");
        }
    }

    private void Identifier(List<PathNode> nodes)
    {
        while (!IsTerminator(Peek()))
        {
            position++;
        }
        nodes.Add(Take() switch
        {
            "true" => new LiteralNode(true),
            "false" => new LiteralNode(false),
            var name => new IdentifierNode(name),
        });
    }

    private void Recursive(List<PathNode> nodes)
    {
        if (nodes.LastOrDefault() is RecursiveNode)
        {
            throw new JsonPathException("invalid multiple recursive descent");
        }
        position += 2;
        Take();
        nodes.Add(new RecursiveNode());
        if (Peek() is var next and not End && ((char)next == '_' || char.IsLetterOrDigit((char)next)))
        {
            Field(nodes);
        }
    }

    private void Number(List<PathNode> nodes)
    {
        position += Peek() is '+' or '-' ? 1 : 0;
        while (Peek() is '.' or (>= '0' and <= '9'))
        {
            position++;
        }
        var text = Take();
        nodes.Add(nint.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? new LiteralNode(integer)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new LiteralNode(number)
            : throw new JsonPathException($"cannot parse number {text}"));
    }

    /// <summary>A key in quotes, an index, a slice, or several of them.</summary>
    private void Brackets(List<PathNode> nodes)
    {
        for (var c = Next(); c != ']'; c = Next())
        {
            if (c is End or '\n')
            {
                throw new JsonPathException("unterminated array");
            }
        }
        var text = Take()[1..^1];
        text = text == "*" ? ":" : text;
        if (text.Contains(','))
        {
            nodes.Add(new UnionNode([.. text.Split(',').Select(part => Action($"[{part.Trim(' ')}]"))]));
        }
        else if (Key().Match(text) is { Success: true } key)
        {
            nodes.AddRange(Action("." + key.Groups["key"].Value).Nodes);
        }
        else
        {
            nodes.Add(Slice(text));
        }
    }

    private static SliceNode Slice(string text)
    {
        if (Slices().Match(text) is not { Success: true } match)
        {
            throw new JsonPathException($"invalid array index {text}");
        }
        var (from, to, step) = (match.Groups["from"].Value, match.Groups["to"], match.Groups["step"]);
        var first = from.Length == 0 ? new Bound(0, Known: false) : new Bound(Index(from), Known: true);
        return new(first,
            to.Length == 0 ? new(first.Value + 1, Known: true, Derived: true) : Optional(to.Value),
            step.Length == 0 ? new(0, Known: false) : Optional(step.Value));
    }

    private static Bound Optional(string text) => text.Length == 1 ? new(0, Known: false) : new(Index(text[1..]), Known: true);

    private static int Index(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
        ? index
        : throw new JsonPathException($"array index {text} is not a number");

    /// <summary>[?(left operator right)], or [?(path)] for what exists.</summary>
    private void Filter(List<PathNode> nodes)
    {
        position += 3;
        Take();
        int? quote = null;
        var closed = false;
        for (var c = Next(); c != ')' || (quote is not null && !closed); c = Next())
        {
            if (c is End or '\n')
            {
                throw new JsonPathException("unterminated filter");
            }
            if (c is '"' or '\'' && quote is null)
            {
                quote = c;
            }
            else if (c == quote && input[position - 2] != '\\')
            {
                closed = true;
            }
        }
        if (Next() != ']')
        {
            throw new JsonPathException("unclosed array expect ]");
        }
        var text = Take()[..^2];
        nodes.Add(Comparison().Match(text) is { Success: true } match
            ? new FilterNode(Action(match.Groups["left"].Value), Action(match.Groups["right"].Value), match.Groups["operator"].Value)
            : new FilterNode(Action(text), new([]), "exists"));
    }

    private string Quoted(int quote)
    {
        for (var c = Next(); c != quote || input[position - 2] == '\\'; c = Next())
        {
            if (c is End or '\n')
            {
                throw new JsonPathException("unterminated quoted string");
            }
        }
        var literal = Take();
        return Escapes().Replace(literal[1..^1], match => match.Value[1] switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '\\' or '"' or '\'' => match.Value[1..],
            _ => throw new JsonPathException($"unquote string {literal} error invalid syntax"),
        });
    }

    private void Field(List<PathNode> nodes)
    {
        Take();
        while (!IsTerminator(Peek()))
        {
            position += Peek() == '\\' && position + 1 < input.Length ? 2 : 1;
        }
        var name = Take();
        nodes.Add(name == "*" ? new WildcardNode() : new FieldNode(name.Replace("\\", "")));
    }

    private static bool IsTerminator(int c) => c is End or ' ' or '\t' or '\r' or '\n' or '.' or ',' or '[' or ']' or '$' or '@' or '{' or '}';

    private bool StartsWith(string text) => string.CompareOrdinal(input, position, text, 0, text.Length) == 0;

    private int Peek() => position < input.Length ? input[position] : End;

    private int Next() => position < input.Length ? input[position++] : End;

    /// <summary>What was read since the last take.</summary>
    private string Take()
    {
        var text = input[start..position];
        start = position;
        return text;
    }

    [GeneratedRegex("^'(?<key>[^']*)'\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^(?<from>-?[0-9]*)(?<to>:-?[0-9]*)?(?<step>:-?[0-9]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slices();

    [GeneratedRegex(@"^(?<left>[^!<>=]+)(?<operator>[!<>=~]+)(?<right>.+?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escapes();
}
