using Kubernetes.Api.Errors;

namespace Kubernetes.Api.Selectors;

/// <summary>Reads "a=b,c!=d,e in (x,y),f notin (z),g,!h,i>1".</summary>
internal sealed class LabelSelectorParser(string text)
{
    private int position;

    public List<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (true)
        {
            requirements.Add(Requirement());
            SkipSpace();
            if (position == text.Length)
            {
                return requirements;
            }
            if (!TryTake(","))
            {
                throw Failure($"found '{Rest()}', expected: ',' or ')'");
            }
        }
    }

    private LabelRequirement Requirement()
    {
        SkipSpace();
        if (TryTake("!"))
        {
            return new LabelRequirement(Key(), LabelOperator.DoesNotExist, []);
        }
        var key = Key();
        SkipSpace();
        if (position == text.Length || text[position] == ',')
        {
            return new LabelRequirement(key, LabelOperator.Exists, []);
        }
        if (TryTake("!="))
        {
            return new LabelRequirement(key, LabelOperator.NotIn, [Value()]);
        }
        if (TryTake("==") || TryTake("="))
        {
            return new LabelRequirement(key, LabelOperator.In, [Value()]);
        }
        if (TryTake(">"))
        {
            return new LabelRequirement(key, LabelOperator.GreaterThan, [Number()]);
        }
        if (TryTake("<"))
        {
            return new LabelRequirement(key, LabelOperator.LessThan, [Number()]);
        }
        return Word() switch
        {
            "in" => new LabelRequirement(key, LabelOperator.In, Values()),
            "notin" => new LabelRequirement(key, LabelOperator.NotIn, Values()),
            var other => throw Failure($"found '{other}', expected: in, notin, =, ==, !=, gt, lt"),
        };
    }

    private string Key()
    {
        SkipSpace();
        var key = Word();
        return key.Length > 0 ? Valid(key, isKey: true) : throw Failure($"found '{Rest()}', expected: !, identifier, or 'end of string'");
    }

    private string Value()
    {
        SkipSpace();
        return Valid(Word(), isKey: false);
    }

    private string Number()
    {
        var value = Value();
        return long.TryParse(value, out _) ? value : throw Failure($"for 'Gt', 'Lt' operators, the value must be an integer: {value}");
    }

    private string[] Values()
    {
        var values = new List<string>();
        SkipSpace();
        Expect('(');
        while (true)
        {
            values.Add(Value());
            SkipSpace();
            if (TryTake(")"))
            {
                return [.. values];
            }
            if (!TryTake(","))
            {
                throw Failure($"found '{Rest()}', expected: ',' or ')'");
            }
        }
    }

    private string Word()
    {
        var start = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]) && ",()!=<>".IndexOf(text[position]) < 0)
        {
            position++;
        }
        return text[start..position];
    }

    private string Valid(string word, bool isKey) =>
        (isKey ? Validation.Names.IsQualifiedName(word) : Validation.Names.IsLabelValue(word))
            ? word
            : throw Failure($"{(isKey ? "key" : "values[0]")}: Invalid value: \"{word}\"");

    private void Expect(char expected)
    {
        SkipSpace();
        if (!TryTake(expected.ToString()))
        {
            throw Failure($"found '{Rest()}', expected: '{expected}'");
        }
    }

    private bool TryTake(string token)
    {
        if (!text.AsSpan(position).StartsWith(token))
        {
            return false;
        }
        position += token.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }

    private string Rest() => text[position..];

    private ApiException Failure(string why) => StatusErrors.BadRequest($"unable to parse requirement: {why}");
}
