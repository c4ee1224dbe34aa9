using ArgoCd.Comparison;
using ArgoCd.Live;
using ArgoCd.Settings;
using ArgoCd.Sync;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Applications;

/// <summary>
/// Cascading deletion (<c>finalizeApplicationDeletion</c>): what the application tracks is deleted, highest wave first, and the finalizer goes
/// when all of it is gone. Without the finalizer the resources stay.
/// </summary>
internal sealed class AppDeletion(
    ClusterCache cluster, IResourceOperations operations, ApplicationWriter writer, EventRecorder events, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<Result> FinalizeAsync(Application application, CancellationToken cancel)
    {
        if (!application.CascadedDeletion)
        {
            return Result.Done;
        }

        try
        {
            Cluster.Of(application.Spec.Destination);
        }
        catch (DestinationException)
        {
            await ReleaseAsync(application, cancel); // nothing to be reached there
            return Result.Done;
        }

        await cluster.Synced.WaitAsync(cancel);
        var left = Remaining(application);
        if (left.Count == 0)
        {
            logger.LogInformation("{Application}: every resource is gone", application.Key);
            await ReleaseAsync(application, cancel);
            return Result.Done;
        }

        if (left.Exists(@object => @object.Metadata.DeletionTimestamp is not null))
        {
            return Result.After(LookAgain); // the event of its end comes first
        }

        var propagation = application.HasBackgroundDeletion ? "Background" : "Foreground";
        var outcomes = await Task.WhenAll(NextWave(left).Select(@object => operations.DeleteAsync(@object, propagation, cancel)));
        var errors = outcomes.Where(outcome => outcome.Failed).Select(outcome => outcome.Message).Distinct().ToList();
        await ReportAsync(application, errors, cancel);
        return errors.Count > 0 ? Result.After(TimeSpan.FromSeconds(5)) : Result.After(LookAgain);
    }

    /// <summary>The objects of the highest wave: they were made last.</summary>
    internal static IReadOnlyList<Unstructured> NextWave(IReadOnlyList<Unstructured> objects)
    {
        var wave = objects.Max(@object => Annotations.Wave(@object.Json));
        return [.. objects.Where(@object => Annotations.Wave(@object.Json) == wave)];
    }

    /// <summary>What the application tracks and deletion takes along (<c>shouldBeDeleted</c>).</summary>
    private List<Unstructured> Remaining(Application application)
        => [.. cluster.Objects.Where(@object =>
            TrackingId.Of(@object) is { } id
            && id.Application == application.Name
            && id.IsSelfReferenced(ResourceKey.Of(@object))
            && @object.Kind != "CustomResourceDefinition"
            && !Annotations.HasOption(@object.Json, Annotations.SyncOptions, SyncOption.DisableDelete)
            && application.Spec.SyncPolicy?.SyncOptions?.Contains(SyncOption.DisableDelete) != true)];

    private Task ReleaseAsync(Application application, CancellationToken cancel)
        => writer.WriteFinalizersAsync(
            application, (application.Metadata.Finalizers ?? []).Where(finalizer => !Application.IsCascading(finalizer)), cancel);

    private async Task ReportAsync(Application application, IReadOnlyList<string> errors, CancellationToken cancel)
    {
        var found = errors.Select(error => ApplicationCondition.Of(ApplicationConditions.DeletionError, error));
        var conditions = ApplicationConditions.Set(application.Status.Conditions, found, time.GetUtcNow(), ApplicationConditions.DeletionError);
        await writer.WriteStatusAsync(application, application.Status with { Conditions = conditions }, cancel);
        foreach (var error in errors)
        {
            await events.WarningAsync(application.Object, "StatusRefreshed", $"Unable to delete application resources: {error}", cancel);
        }
    }
}
