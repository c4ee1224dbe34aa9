namespace Transcripts;

/// <summary>
/// Reads the .http form that editors know: <c>### name</c>, lines <c># @directive</c>, the request line, headers, an empty line, the body.
/// Directives before the first <c>###</c> hold for every step.
/// </summary>
public static class TranscriptReader
{
    private const string Separator = "### ";

    /// <exception cref="FormatException">A step without a request line, or an unknown directive; with the step's name.</exception>
    public static Transcript Read(string name, string text)
    {
        var blocks = Blocks(text.ReplaceLineEndings("\n").Split('\n'));
        var common = new Directives();
        foreach (var line in blocks[0].Lines)
        {
            common.Read(line, name);
        }

        return new Transcript(name, common.Needs, [.. blocks.Skip(1).Select(block => StepOf(block, common))]);
    }

    private static List<Block> Blocks(IEnumerable<string> lines)
    {
        var blocks = new List<Block> { new("", []) };
        foreach (var line in lines)
        {
            if (line.StartsWith(Separator, StringComparison.Ordinal))
            {
                blocks.Add(new Block(line[Separator.Length..].Trim(), []));
            }
            else
            {
                blocks[^1].Lines.Add(line);
            }
        }

        return blocks;
    }

    private static Step StepOf(Block block, Directives common)
    {
        var directives = new Directives();
        var at = 0;
        for (; at < block.Lines.Count && (block.Lines[at].StartsWith('#') || block.Lines[at].Length == 0); at++)
        {
            directives.Read(block.Lines[at], block.Name);
        }

        if (at == block.Lines.Count || block.Lines[at].Split(' ', 2) is not [var method, var path])
        {
            throw new FormatException($"step '{block.Name}' has no request line such as GET /api/v1/nodes");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (at++; at < block.Lines.Count && block.Lines[at].Length > 0; at++)
        {
            var (key, value) = block.Lines[at].Split(": ", 2) is [var left, var right] ? (left, right) : throw new FormatException($"step '{block.Name}': '{block.Lines[at]}' is no header");
            headers[key] = value;
        }

        var body = string.Join('\n', block.Lines.Skip(at + 1)).Trim('\n');
        return new Step
        {
            Name = block.Name,
            Method = method,
            Path = path.Trim(),
            Headers = headers,
            Body = body.Length == 0 ? null : body,
            Captures = directives.Captures,
            Exceptions = [.. common.Places, .. directives.Places],
            IsSetup = directives.IsSetup,
            KeepsManagedFields = common.KeepsManagedFields || directives.KeepsManagedFields,
            Until = directives.Until,
            Settled = directives.Settled,
        };
    }

    private sealed record Block(string Name, List<string> Lines);

    private sealed class Directives
    {
        public List<Exceptions.Place> Places { get; } = [];

        public Dictionary<string, string> Captures { get; } = [];

        public bool IsSetup { get; private set; }

        public Needs Needs { get; private set; }

        public Settled? Settled { get; private set; }

        public bool KeepsManagedFields { get; private set; }

        public string? Until { get; private set; }

        public void Read(string line, string step)
        {
            if (!line.StartsWith("# @", StringComparison.Ordinal))
            {
                return;
            }

            var (word, rest) = line[3..].Split(' ', 2) is [var left, var right] ? (left, right.Trim()) : (line[3..], "");
            switch (word)
            {
                case "varies" or "limit":
                    Places.Add(Exceptions.Place.Parse(rest, step));
                    break;
                case "capture":
                    Captures.Add(rest.Split(' ')[0], rest.Split(' ')[1]);
                    break;
                case "setup":
                    IsSetup = true;
                    break;
                case "controllers":
                    Needs = Needs.Controllers;
                    break;
                case "rollouts":
                    Needs = Needs.Rollouts;
                    break;
                case "settled":
                    Settled = Settled.Parse(rest, step);
                    break;
                case "managedFields":
                    KeepsManagedFields = true;
                    break;
                case "until":
                    Until = rest;
                    break;
                default:
                    throw new FormatException($"step '{step}': unknown directive @{word}");
            }
        }
    }
}
