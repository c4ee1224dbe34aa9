namespace Kubernetes.Api.OpenApi;

/// <summary>Type names as upstream's OpenAPI documents spell them: core/v1.Pod is io.k8s.api.core.v1.Pod.</summary>
internal static class SchemaNames
{
    public static string Of(string typeName)
    {
        var dot = typeName.IndexOf('.');
        var (package, name) = (typeName[..dot].Replace('/', '.'), typeName[(dot + 1)..]);
        return package switch
        {
            "meta.v1" => $"io.k8s.apimachinery.pkg.apis.meta.v1.{name}",
            "apiextensions.v1" => $"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.{name}",
            _ => $"io.k8s.api.{package}.{name}",
        };
    }

    /// <summary>A custom kind: the group's labels reversed, e.g. io.argoproj.v1alpha1.Rollout.</summary>
    public static string OfCustom(string group, string version, string kind) =>
        $"{string.Join('.', group.Split('.').Reverse())}.{version}.{kind}";
}
