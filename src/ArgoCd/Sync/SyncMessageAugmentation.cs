using ArgoCd.Applications;

namespace ArgoCd.Sync;

/// <summary>Says more where the API's own words do not help (<c>util/argo</c> AugmentSyncMsg).</summary>
internal static class SyncMessageAugmentation
{
    public static ResourceResult Apply(ResourceResult result)
    {
        if (result.Message?.Contains("the server could not find the requested resource", StringComparison.Ordinal) == true)
        {
            return result with
            {
                Message = $"The Kubernetes API could not find {result.Group}/{result.Kind} for requested resource {result.Namespace}/{result.Name}. "
                    + $"Make sure the \"{result.Kind}\" CRD is installed on the destination cluster.",
            };
        }

        return result;
    }
}
