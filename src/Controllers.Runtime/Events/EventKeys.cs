using k8s.Models;

namespace Controllers.Runtime.Events;

/// <summary>An event that differs in nothing but its time.</summary>
internal readonly record struct EventKey(SimilarEventKey Similar, string FieldPath, string Message)
{
    /// <summary>Of the event that stands for all similar ones, whose message is always the last one's.</summary>
    public static EventKey Combined(SimilarEventKey similar) => new(similar, "", "");

    public static EventKey Of(Corev1Event from) => new(SimilarEventKey.Of(from), from.InvolvedObject.FieldPath ?? "", from.Message);
}

/// <summary>Events that differ in their message alone.</summary>
internal readonly record struct SimilarEventKey(EventSourceKey Source, string Reason)
{
    public static SimilarEventKey Of(Corev1Event from) => new(EventSourceKey.Of(from), from.Reason);
}

/// <summary>All that one component says of one type about one object.</summary>
internal readonly record struct EventSourceKey(string Component, string ApiVersion, string Kind, string Namespace, string Name, string Uid, string Type)
{
    public static EventSourceKey Of(Corev1Event from) => new(
        from.Source.Component,
        from.InvolvedObject.ApiVersion,
        from.InvolvedObject.Kind,
        from.InvolvedObject.NamespaceProperty ?? "",
        from.InvolvedObject.Name,
        from.InvolvedObject.Uid,
        from.Type);
}
