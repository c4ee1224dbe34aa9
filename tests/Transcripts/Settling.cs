using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>Waits for objects that controllers bring to an end, by watching them.</summary>
internal static class Settling
{
    /// <summary>Real time in which it must have come so far.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <param name="http">The server.</param>
    /// <param name="path">Of an object: collection, slash, name.</param>
    /// <param name="wanted">What it is to become.</param>
    /// <param name="quiet">Real time in which it must not change then.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TimeoutException">It did not, with what it was last.</exception>
    public static async Task UntilAsync(HttpClient http, string path, Settled wanted, TimeSpan quiet, CancellationToken cancel)
    {
        var slash = path.LastIndexOf('/');
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        using var response = await http.GetAsync(
            $"{path[..slash]}?watch=true&fieldSelector=metadata.name%3D{path[(slash + 1)..]}", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        JsonNode? last = null;
        var next = lines.ReadLineAsync(limit.Token).AsTask();
        try
        {
            while (true)
            {
                if (last is not null && wanted.Holds(last) && await IsQuietAsync(next, quiet, limit.Token))
                {
                    return;
                }

                last = JsonNode.Parse(await next ?? throw new InvalidOperationException($"the watch of {path} ended"))!["object"];
                next = lines.ReadLineAsync(limit.Token).AsTask();
            }
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"{path}: {wanted.Pointer} did not become {wanted.Value} within {Patience.TotalSeconds:0} s; it is {last?["status"]?.ToJsonString() ?? "not there"}", exception);
        }
    }

    private static async Task<bool> IsQuietAsync(Task next, TimeSpan quiet, CancellationToken cancel)
    {
        try
        {
            await next.WaitAsync(quiet, TimeProvider.System, cancel);
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }
}
