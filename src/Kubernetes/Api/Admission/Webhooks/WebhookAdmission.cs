using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Expressions;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Patching;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>
/// The webhooks of one kind of configuration, asked in the order of configuration names (apiserver admission/plugin/webhook).
/// Mutating ones answer with a JSON patch; any may refuse.
/// </summary>
internal sealed class WebhookAdmission(ApiContext api, string configurations)
{
    private readonly WebhookClient client = new(api);
    private readonly Lock gate = new();
    private IReadOnlyList<Webhook> known = [];
    private long knownAt;

    /// <param name="attributes">The write; its object is changed in place.</param>
    /// <param name="round">What happened so far; null for webhooks that change nothing.</param>
    /// <param name="stop">The request's end.</param>
    public async Task AdmitAsync(AdmissionAttributes attributes, WebhookRound? round, CancellationToken stop)
    {
        // configurations of webhooks are never subject to webhooks, or nobody could repair them
        if (attributes.Request.Resource.Group == "admissionregistration.k8s.io")
        {
            return;
        }
        var surroundings = new AdmissionSurroundings(api, attributes);
        foreach (var webhook in Known())
        {
            if (round?.Passes(webhook) != true && webhook.Resources.Match(attributes, surroundings) is { } seen && ConditionsHold(webhook, attributes, seen))
            {
                var changed = await AskAsync(webhook, attributes, seen, stop);
                round?.Asked(webhook, changed);
            }
        }
    }

    /// <exception cref="ApiException">403: that cannot be said of a webhook that must not be missed.</exception>
    private bool ConditionsHold(Webhook webhook, AdmissionAttributes attributes, ResourceInfo seen)
    {
        var (match, error) = webhook.Conditions.Evaluate(() => AdmissionScope.Of(api, attributes, seen, namespaceObject: null));
        return error is null || !webhook.FailOnError ? match : throw StatusErrors.Forbidden(attributes.Request.Resource, attributes.Request.Name, error);
    }

    private IReadOnlyList<Webhook> Known()
    {
        var resource = $"admissionregistration.k8s.io/{configurations}";
        var changed = api.Store.LastChange(resource);
        lock (gate)
        {
            if (changed != knownAt)
            {
                known = [.. api.Store.List(resource).Objects().SelectMany(stored => Metadata.Tree(stored.Value).Items("webhooks")).Select(Webhook.From)];
                knownAt = changed;
            }
            return known;
        }
    }

    /// <returns>Whether it changed the object.</returns>
    private async Task<bool> AskAsync(Webhook webhook, AdmissionAttributes attributes, ResourceInfo seen, CancellationToken stop)
    {
        if (attributes.Request.DryRun && webhook.Configuration.Text("sideEffects") is not ("None" or "NoneOnDryRun"))
        {
            throw StatusErrors.BadRequest($"admission webhook \"{webhook.Name}\" does not support dry run");
        }
        JsonObject response;
        try
        {
            response = await client.CallAsync(webhook, WebhookReview.Request(attributes, seen, Guid.NewGuid().ToString()), stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            if (!webhook.FailOnError)
            {
                return false;
            }
            throw StatusErrors.Internal($"failed calling webhook \"{webhook.Name}\": failed to call webhook: {e.Message}");
        }
        if (response.Flag("allowed") != true)
        {
            throw Denied(webhook, response);
        }
        return attributes.Object is { } document && response.Text("patch") is { Length: > 0 } patch
            && Patch(seen, document, JsonBody.Parse(Convert.FromBase64String(patch)).Root);
    }

    private static bool Patch(ResourceInfo resource, JsonObject document, JsonNode? patch)
    {
        var copy = (JsonObject)document.DeepClone();
        var patched = JsonPatch.Apply(resource.FromStorage?.Invoke(copy) ?? copy, patch);
        patched = resource.ToStorage?.Invoke(patched) ?? patched;
        if (patched.SameAs(document))
        {
            return false;
        }
        document.Clear();
        foreach (var (name, value) in patched.ToArray())
        {
            patched.Remove(name);
            document[name] = value;
        }
        return true;
    }

    private static ApiException Denied(Webhook webhook, JsonObject response)
    {
        var message = response.Text("status", "message") is { Length: > 0 } told ? told : response.Text("status", "reason");
        var text = new StringBuilder($"admission webhook \"{webhook.Name}\" denied the request");
        text.Append(string.IsNullOrEmpty(message) ? " without explanation" : $": {message}");
        var code = (int)(response.Number("status", "code") ?? 403);
        return new ApiException(code is >= 400 and < 600 ? code : 403, response.Text("status", "reason") ?? "Forbidden", text.ToString());
    }
}
