namespace Kubernetes.Api.Commands;

/// <summary>What a command in a container is connected to.</summary>
/// <param name="Input">Its standard input; null: none.</param>
/// <param name="Output">Takes its standard output, in pieces as they come.</param>
/// <param name="Error">Takes its standard error.</param>
public sealed record CommandStreams(Stream? Input, Func<ReadOnlyMemory<byte>, Task> Output, Func<ReadOnlyMemory<byte>, Task> Error);
