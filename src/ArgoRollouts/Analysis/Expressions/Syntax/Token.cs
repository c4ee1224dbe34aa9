using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

internal enum TokenKind
{
    Identifier,
    Number,
    String,
    Operator,
    Bracket,
    EOF,
}

/// <summary>A token; strings carry their value without quotes and escapes.</summary>
internal readonly record struct Token(TokenKind Kind, string Value, Location Location)
{
    public bool Is(TokenKind kind, string value) => Kind == kind && Value == value;

    public bool IsOperator(string value) => Is(TokenKind.Operator, value);

    public bool IsBracket(string value) => Is(TokenKind.Bracket, value);

    /// <summary>As messages name it: Operator("&gt;"), EOF.</summary>
    public override string ToString() => Value.Length == 0 ? Kind.ToString() : $"{Kind}({GoQuote.Quote(Value)})";
}
