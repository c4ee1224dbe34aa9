using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>Integers (decimal, 0x hexadecimal) and floats; _ may group digits.</summary>
internal static class NumberLiteral
{
    public static Node Parse(Token token, Location next)
    {
        var text = token.Value.Replace("_", "");
        var kind = text.Contains('x') ? "hex" : text.AsSpan().IndexOfAny(".eE") >= 0 ? "float" : "integer";
        try
        {
            return kind == "float"
                ? new FloatNode(token.Location, GoConversion.ParseFloat(text))
                : new IntegerNode(token.Location, (nint)GoConversion.ParseInt(text, kind == "hex" ? 0 : 10));
        }
        catch (GoPanicException e)
        {
            throw new ExpressionException($"invalid {kind} literal: {e.Message}", next);
        }
    }
}
