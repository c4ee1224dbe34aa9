namespace Kubernetes.Api.Commands;

/// <summary>A command could not be started; the message is for the user.</summary>
public sealed class CommandException(string message) : Exception(message);
