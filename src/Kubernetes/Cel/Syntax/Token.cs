namespace Kubernetes.Cel.Syntax;

internal enum TokenKind
{
    Identifier,
    Literal,
    Symbol,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">As written.</param>
/// <param name="Value">Of a literal.</param>
/// <param name="Position">Of its first character.</param>
internal readonly record struct Token(TokenKind Kind, string Text, object? Value, int Position)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
