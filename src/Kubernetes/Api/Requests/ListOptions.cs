using Kubernetes.Api.Errors;
using Kubernetes.Api.Selectors;

namespace Kubernetes.Api.Requests;

/// <summary>The query of a list or watch, validated as apimachinery internalversion/validation does.</summary>
internal sealed record ListOptions(ObjectFilter Filter, string ResourceVersion, string? Match, int Limit, string? Continue)
{
    // as long as a timer can be
    private const long SecondsMax = 40L * 24 * 3600;

    public bool SendInitialEvents { get; private init; }

    /// <summary>sendInitialEvents=false without a version: neither what is there, nor what was before.</summary>
    public bool BeginsNow { get; private init; }

    public bool Bookmarks { get; private init; }

    public TimeSpan? Timeout { get; private init; }

    /// <summary>resourceVersion as a number; 0 for "" and "0".</summary>
    public long Revision { get; private init; }

    /// <exception cref="ApiException">400, 422</exception>
    public static ListOptions Parse(ApiRequest request, bool watch)
    {
        var labels = LabelSelector.Parse(request.Query("labelSelector"));
        var fields = FieldSelector.Parse(request.Query("fieldSelector"), request.Resource);
        if (request.Info.Name is { } name)
        {
            fields = FieldSelector.Parse($"metadata.name={name}", request.Resource);
        }
        var version = request.Query("resourceVersion") ?? "";
        long revision = 0;
        if (version.Length > 0 && (!long.TryParse(version, out revision) || revision < 0))
        {
            var errors = new FieldErrors();
            errors.Invalid("resourceVersion", version, $"strconv.ParseUint: parsing \"{version}\": invalid syntax");
            throw errors.ToException("meta.k8s.io", "ListOptions", "");
        }
        var limit = (int)Math.Clamp(Number(request, "limit"), 0, int.MaxValue);
        var options = new ListOptions(
            new ObjectFilter(request.Resource, request.Resource.Namespaced ? request.Info.Namespace : null, labels, fields),
            version, request.Query("resourceVersionMatch"), limit, request.Query("continue"))
        {
            Revision = revision,
            SendInitialEvents = request.Flag("sendInitialEvents"),
            Bookmarks = request.Flag("allowWatchBookmarks"),
            BeginsNow = request.Query("sendInitialEvents") is not null && !request.Flag("sendInitialEvents") && revision == 0,
            Timeout = Number(request, "timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, SecondsMax)) : null,
        };
        options.Check(request.Query("sendInitialEvents"), watch);
        return options;
    }

    /// <exception cref="ApiException">400: no number, in the words of Go's strconv.</exception>
    private static long Number(ApiRequest request, string name) => request.Query(name) switch
    {
        null or "" => 0,
        var text when long.TryParse(text, out var number) => number,
        var text => throw StatusErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
    };

    private void Check(string? sendInitialEvents, bool watch)
    {
        var errors = new FieldErrors();
        if (watch)
        {
            if (Match is not null && sendInitialEvents is null)
            {
                errors.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            }
            if (sendInitialEvents is not null && Match != "NotOlderThan")
            {
                errors.Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            }
        }
        else if (sendInitialEvents is not null)
        {
            errors.Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        else if (Match is not null)
        {
            CheckMatch(errors);
        }
        if (errors.Any)
        {
            throw errors.ToException("meta.k8s.io", "ListOptions", "");
        }
        if (!string.IsNullOrEmpty(Continue) && ResourceVersion is not ("" or "0"))
        {
            throw StatusErrors.BadRequest("specifying resource version is not allowed when using continue");
        }
    }

    private void CheckMatch(FieldErrors errors)
    {
        if (ResourceVersion.Length == 0)
        {
            errors.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (!string.IsNullOrEmpty(Continue))
        {
            errors.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
        }
        if (Match is not ("Exact" or "NotOlderThan"))
        {
            errors.NotSupported("resourceVersionMatch", Match, "Exact", "NotOlderThan", "");
        }
        else if (Match == "Exact" && ResourceVersion == "0")
        {
            errors.Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
    }
}
