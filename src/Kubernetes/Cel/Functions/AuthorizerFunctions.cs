using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Kubernetes' library for asking the authorizer (apiserver pkg/cel/library/authz.go).</summary>
internal static class AuthorizerFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> members)
    {
        members["path"] = values => Step(
            values, "Authorizer", "PathCheck", (question, text) => text.Length > 0 ? question with { Path = text } : throw new CelException("path must not be empty"));
        members["group"] = values => Step(values, "Authorizer", "GroupCheck", (question, text) => question with { Group = text });
        members["serviceAccount"] = values => Step(values, "Authorizer", "Authorizer", (question, text) => question with { ServiceAccount = (text, Text(values, 2)) });
        members["resource"] = values => Step(values, "GroupCheck", "ResourceCheck", (question, text) => question with { Resource = text });
        members["subresource"] = values => Step(values, "ResourceCheck", "ResourceCheck", (question, text) => question with { Subresource = text });
        members["namespace"] = values => Step(values, "ResourceCheck", "ResourceCheck", (question, text) => question with { Namespace = text });
        members["name"] = values => Step(values, "ResourceCheck", "ResourceCheck", (question, text) => question with { Name = text });
        members["check"] = Decide;
        members["allowed"] = values => Answer(values).Allowed;
        members["reason"] = values => Answer(values).Reason;
        members["errored"] = values => Answer(values).Error.Length > 0;
        members["error"] = values => Answer(values).Error;
    }

    private static AccessCheck Step(object?[] values, string from, string to, Func<AccessQuestion, string, AccessQuestion> say)
    {
        var check = Check(values, from);
        return check with { Type = to, Question = say(check.Question, Text(values, 1)) };
    }

    private static AccessAnswer Decide(object?[] values)
    {
        var check = Check(values, "PathCheck", "ResourceCheck");
        return check.Ask(check.Question, Text(values, 1));
    }

    private static AccessCheck Check(object?[] values, params string[] types) =>
        values[0] is AccessCheck check && types.Contains(check.Type) ? check : throw CelException.NoOverload();

    private static AccessAnswer Answer(object?[] values) => values[0] as AccessAnswer ?? throw CelException.NoOverload();

    private static string Text(object?[] values, int index) => index < values.Length ? Texts.Of(values[index]) : throw CelException.NoOverload();
}
