using System.Collections.Immutable;

namespace Kubernetes.Api.Admission;

/// <summary>The plugins that were added from outside; they come and go while requests run.</summary>
internal sealed class PluginRegistry
{
    private ImmutableList<IAdmissionPlugin> plugins = [];

    /// <summary>Adds a plugin until the result is disposed.</summary>
    public IDisposable Add(IAdmissionPlugin plugin)
    {
        ImmutableInterlocked.Update(ref plugins, list => list.Add(plugin));
        return new Registration(this, plugin);
    }

    public void Mutate(AdmissionAttributes attributes)
    {
        if (plugins.IsEmpty || attributes.Object is null)
        {
            return;
        }
        var request = attributes.Request;
        var resource = request.Resource.Group.Length == 0 ? request.Resource.Plural : $"{request.Resource.Plural}.{request.Resource.Group}";
        var review = new AdmissionReview(
            request.User.Name, attributes.Operation, resource, request.Subresource, request.Namespace, request.Name, attributes.Object, attributes.OldObject);
        foreach (var plugin in plugins)
        {
            plugin.Mutate(review);
        }
    }

    private sealed class Registration(PluginRegistry registry, IAdmissionPlugin plugin) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref registry.plugins, list => list.Remove(plugin));
    }
}
