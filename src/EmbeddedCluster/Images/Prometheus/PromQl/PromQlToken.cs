namespace EmbeddedCluster.Images.Prometheus.PromQl;

/// <summary>A piece of a query; the pieces in order are the whole text.</summary>
internal readonly record struct PromQlToken(PromQlKind Kind, string Text)
{
    public bool Is(string punctuation) => Kind == PromQlKind.Punctuation && Text == punctuation;
}

internal enum PromQlKind
{
    /// <summary>White space and comments.</summary>
    Space,
    Identifier,
    Number,
    Duration,
    String,

    /// <summary>One character each, also of operators of two.</summary>
    Punctuation,
}
