using System.Text.Json.Nodes;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.CustomResources;

/// <summary>
/// Serves what definitions define: called after each commit, so that a definition is established, and its resources are
/// routed, before the request that made it is answered. Deletes the instances of a deleted definition.
/// </summary>
internal sealed class DefinitionController(ApiContext api)
{
    public const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    private readonly Lock gate = new();

    public void Committed(ResourceInfo resource, StoredObject stored, bool deleted)
    {
        if (resource is { Group: "apiextensions.k8s.io", Plural: "customresourcedefinitions" })
        {
            DefinitionCommitted(resource, stored, deleted);
        }
        else if (deleted && resource.Custom is { Terminating: true } custom)
        {
            FinishWhenEmpty(custom.DefinitionName);
        }
    }

    private void DefinitionCommitted(ResourceInfo definitions, StoredObject stored, bool deleted)
    {
        lock (gate)
        {
            var definition = Metadata.Tree(stored.Value);
            if (definition["spec"] is not JsonObject spec || spec.Text("group") is not { } group || spec.Text("names", "plural") is not { } plural)
            {
                return;
            }
            if (deleted)
            {
                api.Resources.Replace(group, plural, []);
                api.Store.EndWatches($"{group}/{plural}");
                return;
            }
            var conflict = NameConflict(definition);
            if (conflict is null)
            {
                api.Resources.Replace(group, plural, DefinedResources.Of(definition));
            }
            WriteStatus(definitions, stored, definition, conflict);
        }
        if (stored.Key.Name is { } name && Metadata.Tree(stored.Value).IsDeleting())
        {
            DeleteInstances(name);
        }
    }

    /// <summary>Another definition of the group uses the kind or a name already.</summary>
    private string? NameConflict(JsonObject definition)
    {
        var spec = definition.Object("spec");
        var names = spec.Object("names");
        var own = definition.Text("metadata", "name");
        foreach (var other in api.Resources.All.Where(other => other.Group == spec.Text("group") && other.Custom?.DefinitionName != own))
        {
            if (other.Kind == names.Text("kind"))
            {
                return $"\"{other.Kind}\" is already in use";
            }
            if (other.Plural == names.Text("plural"))
            {
                return $"\"{other.Plural}\" is already in use";
            }
        }
        return null;
    }

    private void WriteStatus(ResourceInfo definitions, StoredObject stored, JsonObject definition, string? conflict)
    {
        var status = definition.Sub("status");
        var names = definition.Object("spec", "names")!;
        status.Default("storedVersions", new JsonArray());
        var storage = definition.Items("spec", "versions").First(version => version.Flag("storage") == true).Text("name")!;
        var versions = status.Array("storedVersions")!;
        if (!status.Texts("storedVersions").Contains(storage))
        {
            versions.Add((JsonNode)storage);
        }
        var now = Metadata.Timestamp(api.Time.GetUtcNow());
        if (conflict is null)
        {
            status["acceptedNames"] = names.DeepClone();
            Condition(status, "NamesAccepted", "True", "NoConflicts", "no conflicts found", now);
            Condition(status, "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now);
        }
        else
        {
            status.Default("acceptedNames", new JsonObject { ["kind"] = "", ["plural"] = "" });
            Condition(status, "NamesAccepted", "False", "KindConflict", conflict, now);
            Condition(status, "Established", "False", "NotAccepted", "not all names are accepted", now);
        }
        if (definition.IsDeleting())
        {
            Condition(status, "Terminating", "True", "InstanceDeletionInProgress", "CustomResource deletion is in progress", now);
        }
        try
        {
            api.Store.Update(definitions.Key("", stored.Key.Name), CanonicalJson.Write(definition), stored.Revision);
        }
        catch (StoreConflictException)
        {
            // a later write of the definition comes through here itself
        }
    }

    private static void Condition(JsonObject status, string type, string value, string reason, string message, string now)
    {
        if (status["conditions"] is not JsonArray conditions)
        {
            status["conditions"] = conditions = [];
        }
        var condition = conditions.OfType<JsonObject>().FirstOrDefault(known => known.Text("type") == type);
        if (condition is null)
        {
            condition = new JsonObject { ["type"] = type };
            conditions.Add((JsonNode)condition);
        }
        if (condition.Text("status") != value)
        {
            condition["lastTransitionTime"] = now;
        }
        condition["status"] = value;
        condition["reason"] = reason;
        condition["message"] = message;
    }

    private void DeleteInstances(string definitionName)
    {
        if (api.Resources.All.FirstOrDefault(resource => resource.Custom?.DefinitionName == definitionName) is { } resource)
        {
            foreach (var instance in api.Store.List(resource.StorageResource).Objects())
            {
                var request = new WriteRequest(resource, instance.Key.Namespace, instance.Key.Name, UserInfo.Loopback);
                api.Deletion.DeleteNow(request, new DeleteOptions(null, null, null, null, DryRun: false));
            }
        }
        FinishWhenEmpty(definitionName);
    }

    private void FinishWhenEmpty(string definitionName)
    {
        var definitions = api.Resources.Find("apiextensions.k8s.io", "v1", "customresourcedefinitions")!;
        while (api.Store.Find(definitions.Key("", definitionName)) is { } stored)
        {
            var definition = Metadata.Tree(stored.Value);
            var storage = $"{definition.Text("spec", "group")}/{definition.Text("spec", "names", "plural")}";
            if (!definition.IsDeleting() || api.Store.List(storage).Objects().Any())
            {
                return;
            }
            var metadata = definition.Sub("metadata");
            metadata["finalizers"] = new JsonArray([.. metadata.Texts("finalizers").Where(held => held != CleanupFinalizer).Select(held => (JsonNode)held)]);
            Metadata.Normalize(metadata);
            try
            {
                if (definition.HasFinalizers())
                {
                    api.Store.Update(stored.Key, CanonicalJson.Write(definition), stored.Revision);
                    return;
                }
                var gone = api.Store.Delete(stored.Key, stored.Revision);
                DefinitionCommitted(definitions, gone, deleted: true);
                return;
            }
            catch (StoreConflictException)
            {
                // somebody else wrote the definition: look again
            }
        }
    }
}
