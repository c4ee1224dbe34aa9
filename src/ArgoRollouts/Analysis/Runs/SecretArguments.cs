using System.Text;
using ArgoRollouts.Models;
using Controllers.Runtime.Client;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Reads the arguments of a run that Secrets hold (resolveArgs of analysis/analysis.go).</summary>
internal sealed class SecretArguments(ApiClient client)
{
    /// <summary>All arguments with their values, and the values no message may tell.</summary>
    /// <exception cref="AnalysisException">A Secret or its key is not there.</exception>
    public async Task<(IReadOnlyList<Argument> Arguments, IReadOnlyList<string> Secrets)> ReadAsync(AnalysisRun run, CancellationToken cancel)
    {
        var arguments = new List<Argument>();
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in run.Spec.Args ?? [])
        {
            if (argument.ValueFrom?.SecretKeyRef is not { } reference)
            {
                arguments.Add(argument);
                continue;
            }
            var value = await ReadAsync(run.Metadata.NamespaceProperty, reference, cancel);
            secrets.Add(value);
            arguments.Add(new() { Name = argument.Name, Value = value });
        }
        return (arguments, [.. secrets]);
    }

    private async Task<string> ReadAsync(string @namespace, SecretKeyRef reference, CancellationToken cancel)
    {
        try
        {
            var secret = await client.GetAsync(Resources.Secrets, @namespace, reference.Name, cancel);
            return secret.Data?.TryGetValue(reference.Key, out var bytes) == true
                ? Encoding.UTF8.GetString(bytes)
                : throw new AnalysisException($"key '{reference.Key}' does not exist in secret '{reference.Name}'");
        }
        catch (ApiException e)
        {
            throw new AnalysisException(e.StatusMessage);
        }
    }
}
