namespace ArgoCd.Source;

/// <summary>
/// Manifests that could not be had, as the repo server reports it: a gRPC status code and a description
/// (<c>rpc error: code = Unknown desc = …</c>).
/// </summary>
internal sealed class SourceException(string description, string code = "Unknown", Exception? inner = null)
    : Exception($"rpc error: code = {code} desc = {description}", inner)
{
    public string Description { get; } = description;

    public string Code { get; } = code;
}
