using Kubernetes.Api.Admission.Limits;
using Kubernetes.Api.Admission.Policies;
using Kubernetes.Api.Admission.Webhooks;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>The plugins every write passes, in order: mutating ones after defaulting, validating ones last.</summary>
internal sealed class AdmissionChain(ApiContext api, Random random) : IDisposable
{
    private readonly ServiceAccountAdmission accounts = new(api);
    private readonly LimitRanger limits = new(api);
    private readonly PriorityAdmission priorities = new(api);
    private readonly ServiceAddresses addresses = new(api, random);
    private readonly PolicyAdmission policies = new(api);
    private readonly WebhookAdmission mutating = new(api, "mutatingwebhookconfigurations");
    private readonly WebhookAdmission validating = new(api, "validatingwebhookconfigurations");

    /// <summary>Plugins from outside, which come after the built-in ones as webhooks do.</summary>
    public PluginRegistry Plugins { get; } = new();

    public void Dispose() => addresses.Dispose();

    public async Task MutateAsync(AdmissionAttributes attributes, CancellationToken stop)
    {
        BuiltIn(attributes);
        Plugins.Mutate(attributes);
        var round = new WebhookRound();
        await mutating.AdmitAsync(attributes, round, stop);
        if (round.Changed)
        {
            var before = attributes.Object?.DeepClone();
            BuiltIn(attributes);
            if (!attributes.Object.SameAs(before))
            {
                round.ChangedSince();
            }
            round.BeginSecond();
            await mutating.AdmitAsync(attributes, round, stop);
        }
    }

    public async Task ValidateAsync(AdmissionAttributes attributes, CancellationToken stop)
    {
        limits.Validate(attributes);
        priorities.Validate(attributes);
        policies.Validate(attributes);
        await validating.AdmitAsync(attributes, round: null, stop);
    }

    private void BuiltIn(AdmissionAttributes attributes)
    {
        limits.Mutate(attributes);
        accounts.Admit(attributes);
        DefaultStorageClass.Admit(api, attributes);
        StorageProtection.Admit(attributes);
        priorities.Admit(attributes);
        PodDefaultsAdmission.Admit(attributes);
        addresses.Admit(attributes);
    }
}
