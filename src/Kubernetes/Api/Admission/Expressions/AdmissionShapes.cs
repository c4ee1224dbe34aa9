using Kubernetes.Cel.Checking;

namespace Kubernetes.Api.Admission.Expressions;

/// <summary>What the variables of an admission expression are (apiserver admission/plugin/cel/compile.go).</summary>
internal static class AdmissionShapes
{
    private static readonly Shape Texts = new("list", Item: Shape.Text);
    private static readonly Shape TextMap = new("map", Item: Shape.Text);
    private static readonly Shape Time = new("timestamp");

    private static readonly Shape GroupVersionKind = Object(("group", Shape.Text), ("version", Shape.Text), ("kind", Shape.Text));
    private static readonly Shape GroupVersionResource = Object(("group", Shape.Text), ("version", Shape.Text), ("resource", Shape.Text));

    private static readonly Shape Request = Object(
        ("kind", GroupVersionKind), ("resource", GroupVersionResource), ("subResource", Shape.Text),
        ("requestKind", GroupVersionKind), ("requestResource", GroupVersionResource), ("requestSubResource", Shape.Text),
        ("name", Shape.Text), ("namespace", Shape.Text), ("operation", Shape.Text), ("dryRun", Shape.Bool), ("options", Shape.Dyn),
        ("userInfo", Object(("username", Shape.Text), ("uid", Shape.Text), ("groups", Texts), ("extra", new Shape("map", Item: Texts)))));

    private static readonly Shape Namespace = Object(
        ("metadata", Object(
            ("name", Shape.Text), ("generateName", Shape.Text), ("namespace", Shape.Text), ("labels", TextMap), ("annotations", TextMap), ("UID", Shape.Text),
            ("creationTimestamp", Time), ("deletionGracePeriodSeconds", Shape.Int), ("deletionTimestamp", Time), ("generation", Shape.Int),
            ("resourceVersion", Shape.Text), ("finalizers", Texts))),
        ("spec", Object(("finalizers", Texts))),
        ("status", Object(
            ("phase", Shape.Text),
            ("conditions", new Shape("list", Item: Object(("status", Shape.Text), ("type", Shape.Text), ("lastTransitionTime", Time), ("message", Shape.Text), ("reason", Shape.Text)))))));

    private static readonly Shape Authorizer = Object(("requestResource", Shape.Dyn));

    /// <summary>What every admission expression may name.</summary>
    public static Dictionary<string, Shape> Common => new()
    {
        ["object"] = Shape.Dyn, ["oldObject"] = Shape.Dyn, ["request"] = Request, ["namespaceObject"] = Namespace, ["authorizer"] = Authorizer,
    };

    public static Shape Object(params IEnumerable<(string Name, Shape Shape)> fields)
    {
        var known = fields.ToDictionary(field => field.Name, field => field.Shape);
        return new Shape("object", known.GetValueOrDefault);
    }
}
