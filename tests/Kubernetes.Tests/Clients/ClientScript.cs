using System.Text.RegularExpressions;

namespace Kubernetes.Tests.Clients;

/// <summary>
/// What a person types and sees, as a text file. Files come first, each under a line <c>-- name --</c>; the part
/// <c>-- script --</c> holds the commands. <c>$ kubectl …</c> has to succeed, <c>$! kubectl …</c> has to fail; the lines below are
/// what it prints, standard error before standard output: <c>…</c> stands for any text in a line, and alone for any lines. Runs of spaces count as one.
/// </summary>
internal sealed partial record ClientScript(IReadOnlyDictionary<string, string> Files, IReadOnlyList<ClientScript.Command> Commands)
{
    public const string Script = "script";

    public static ClientScript Parse(string text)
    {
        var parts = FileHeader().Split(text.ReplaceLineEndings("\n"));
        var files = new Dictionary<string, string>();
        for (var i = 1; i < parts.Length; i += 2)
        {
            files.Add(parts[i], parts[i + 1]);
        }

        files.Remove(Script, out var script);
        return new ClientScript(files, [.. CommandsOf(script ?? throw new FormatException("a script needs a part '-- script --'"))]);
    }

    private static IEnumerable<Command> CommandsOf(string script)
    {
        Command? current = null;
        foreach (var line in script.Split('\n').Where(line => !line.StartsWith('#')))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal) || line.StartsWith("$! ", StringComparison.Ordinal))
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new Command(line[(line.IndexOf(' ') + 1)..], Fails: line[1] == '!', []);
            }
            else
            {
                current?.Expected.Add(line);
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    [GeneratedRegex("^-- (?<name>.+) --\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex FileHeader();

    /// <summary>One command and what it prints, without the empty lines at the end.</summary>
    internal sealed partial record Command(string Line, bool Fails, List<string> Expected)
    {
        private const string Anything = "…";

        /// <summary>Its words as a shell would cut them: quotes of both kinds, no expansion.</summary>
        public IReadOnlyList<string> Words => [.. Word().Matches(Line).Select(word => Quoted().Replace(word.Value, "${text}"))];

        public bool Matches(string output)
        {
            var expected = Lines(string.Join('\n', Expected));
            return MatchesFrom(expected, Lines(output));
        }

        private static bool MatchesFrom(ReadOnlySpan<string> expected, ReadOnlySpan<string> seen)
        {
            if (expected.IsEmpty)
            {
                return seen.IsEmpty;
            }

            if (expected[0] == Anything)
            {
                for (var skipped = 0; skipped <= seen.Length; skipped++)
                {
                    if (MatchesFrom(expected[1..], seen[skipped..]))
                    {
                        return true;
                    }
                }

                return false;
            }

            return !seen.IsEmpty && LineMatches(expected[0], seen[0]) && MatchesFrom(expected[1..], seen[1..]);
        }

        private static bool LineMatches(string expected, string seen)
            => Regex.IsMatch(seen, $"^{string.Join(".*", expected.Split(Anything).Select(Regex.Escape))}$", RegexOptions.None, TimeSpan.FromSeconds(5));

        private static string[] Lines(string text)
            => text.ReplaceLineEndings("\n").Trim('\n') is { Length: > 0 } some ? [.. some.Split('\n').Select(line => Spaces().Replace(line, " ").TrimEnd())] : [];

        [GeneratedRegex("""(?:[^\s"']|"[^"]*"|'[^']*')+""")]
        private static partial Regex Word();

        [GeneratedRegex("'(?<text>[^']*)'|\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture)]
        private static partial Regex Quoted();

        [GeneratedRegex("[ \t]+")]
        private static partial Regex Spaces();
    }
}
