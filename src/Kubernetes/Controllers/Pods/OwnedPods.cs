using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.Ownership;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.Pods;

/// <summary>
/// What every controller of a kind that owns pods has: listers of both, expectations, claiming, creation and deletion with their
/// events, and the wiring of changes to its queue (upstream's <c>PodControlInterface</c> and <c>PodControllerRefManager</c>).
/// </summary>
internal sealed class OwnedPods<T>(ControllerContext context, Resource<T> resource, Func<T, V1LabelSelector?> selector, string component)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Informer<T> _owners = context.Informers.For(resource);
    private readonly Informer<V1Pod> _pods = context.Informers.For(Resources.Pods);
    private readonly Expectations<V1Pod> _expectations = new(context.Informers.For(Resources.Pods).Lister, context.Time);

    public ApiClient Client => context.Client;

    public ILister<T> Owners => _owners.Lister;

    public ILister<V1Pod> Pods => _pods.Lister;

    public EventRecorder Events { get; } = context.Events(component);

    public DateTime Now => context.Now;

    /// <summary>A controller whose queue gets every owner that changed, or whose pods did.</summary>
    public Controller Wire(string name, IReconciler reconciler)
    {
        var controller = context.Controller(name, reconciler, workers: 4);
        _owners.OnChange(change =>
        {
            if (change.After is null)
            {
                _expectations.Forget(change.Object.Metadata.Uid);
            }

            controller.Queue.Add(NamespacedName.Of(change.Object));
        });
        _pods.OnChange(change =>
        {
            if (change.After is null)
            {
                _expectations.ObservedDeletion(change.Object);
            }

            foreach (var pod in (V1Pod?[])[change.Before, change.After])
            {
                foreach (var owner in pod is null ? [] : Interested(pod))
                {
                    controller.Queue.Add(owner);
                }
            }
        });
        return controller;
    }

    /// <summary>
    /// Adopts, releases, and returns what is owned then, and whether this shows everything that was created and deleted for the owner:
    /// nobody should act on it otherwise. Only pods that pass <paramref name="which"/> are looked at.
    /// </summary>
    public async Task<(IReadOnlyList<V1Pod> Pods, bool Settled)> ClaimAsync(T owner, CancellationToken cancel, Func<V1Pod, bool>? which = null)
    {
        var (known, settled) = _expectations.List(owner.Metadata);
        var claim = Claim<V1Pod>.Of(owner, selector(owner) ?? new V1LabelSelector(), known.Where(which ?? (_ => true)));
        return (await claim.CarryOutAsync(Client, Resources.Pods, Reference(owner), cancel), settled);
    }

    public V1OwnerReference Reference(T owner) => OwnerReference.ToController(owner, resource.ApiVersion, resource.Kind);

    /// <summary>Creates the pod; <paramref name="announce"/> replaces upstream's usual event.</summary>
    public async Task<V1Pod> CreateAsync(T owner, V1Pod pod, CancellationToken cancel, Func<V1Pod, string>? announce = null)
    {
        var created = await Client.CreateAsync(Resources.Pods, pod, cancel);
        _expectations.Created(owner.Metadata.Uid, created);
        _ = Events.NormalAsync(owner, "SuccessfulCreate", announce?.Invoke(created) ?? $"Created pod: {created.Metadata.Name}", cancel);
        return created;
    }

    /// <summary>Deletes this very pod, not a later one of its name.</summary>
    public async Task DeleteAsync(T owner, V1Pod pod, CancellationToken cancel, Func<V1Pod, string>? announce = null)
    {
        var options = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = pod.Metadata.Uid } };
        await Client.DeleteAsync(Resources.Pods, pod.Metadata.NamespaceProperty, pod.Metadata.Name, options, cancel);
        _expectations.Deleted(owner.Metadata.Uid, pod);
        _ = Events.NormalAsync(owner, "SuccessfulDelete", announce?.Invoke(pod) ?? $"Deleted pod: {pod.Metadata.Name}", cancel);
    }

    /// <summary>Says with an event why pods could not be made or removed.</summary>
    public async Task<PodFailure> ReportAsync(T owner, string reason, string doing, Exception failure, CancellationToken cancel)
    {
        var message = failure is ApiException refused ? refused.StatusMessage : failure.Message;
        await Events.WarningAsync(owner, reason, $"Error {doing}: {message}", cancel);
        return new PodFailure(reason, message);
    }

    private IEnumerable<NamespacedName> Interested(V1Pod pod)
    {
        if (pod.Metadata.ControllerReference() is { } owner)
        {
            return owner.Kind == resource.Kind && owner.ApiVersion == resource.ApiVersion ? [new NamespacedName(pod.Metadata.NamespaceProperty, owner.Name)] : [];
        }

        return Owners.List(pod.Metadata.NamespaceProperty)
            .Where(candidate => selector(candidate).Matches(pod.Metadata.Labels))
            .Select(candidate => NamespacedName.Of(candidate));
    }
}
