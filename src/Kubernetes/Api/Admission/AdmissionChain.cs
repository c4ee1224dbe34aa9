using Kubernetes.Api.Registry;

namespace Kubernetes.Api.Admission;

/// <summary>The plugins every write passes, in order: mutating ones after defaulting, validating ones last.</summary>
internal sealed class AdmissionChain(ApiContext api)
{
    private readonly ServiceAddresses addresses = new(api);

    /// <summary>Plugins from outside, which come after the built-in ones as webhooks do.</summary>
    public PluginRegistry Plugins { get; } = new();

    public Task MutateAsync(AdmissionAttributes attributes, CancellationToken stop)
    {
        ServiceAccountAdmission.Admit(attributes);
        addresses.Admit(attributes);
        Plugins.Mutate(attributes);
        return Task.CompletedTask;
    }

    public Task ValidateAsync(AdmissionAttributes attributes, CancellationToken stop) => Task.CompletedTask;
}
