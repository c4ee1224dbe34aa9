using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching;

/// <summary>RFC 6902, with the errors of upstream's library (evanphx/json-patch).</summary>
internal static class JsonPatch
{
    private const int OperationsMax = 10_000;

    /// <exception cref="ApiException">400: not a patch; 413: too many operations; 422: it does not apply.</exception>
    public static JsonObject Apply(JsonObject document, JsonNode? patch)
    {
        if (patch is not JsonArray operations)
        {
            throw StatusErrors.BadRequest("error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
        }
        if (operations.Count > OperationsMax)
        {
            throw new ApiException(413, "RequestEntityTooLarge", $"The allowed maximum operations in a JSON patch is {OperationsMax}, got {operations.Count}");
        }
        var root = new JsonArray(document);
        foreach (var operation in operations)
        {
            Apply(root, operation as JsonObject ?? throw StatusErrors.BadRequest("error decoding patch: an operation is not an object"));
        }
        return root[0] is JsonObject result ? Detach(root, result) : throw Failed();
    }

    private static JsonObject Detach(JsonArray root, JsonObject result)
    {
        root.Clear();
        return result;
    }

    private static void Apply(JsonArray root, JsonObject operation)
    {
        var name = operation.Text("op") ?? "";
        var path = operation.Text("path") ?? throw Failed();
        switch (name)
        {
            case "add":
                Add(root, path, operation["value"]?.DeepClone());
                break;
            case "remove":
                Remove(root, path, name);
                break;
            case "replace":
                Find(root, path, name);
                Set(root, path, operation["value"]?.DeepClone());
                break;
            case "copy":
                Add(root, path, Find(root, From(operation), name)?.DeepClone());
                break;
            case "move":
                var moved = Find(root, From(operation), name)?.DeepClone();
                Remove(root, From(operation), name);
                Add(root, path, moved);
                break;
            case "test":
                Test(root, path, operation["value"]);
                break;
            default:
                throw Failed();
        }
    }

    private static string From(JsonObject operation) => operation.Text("from") ?? throw Failed();

    private static void Test(JsonArray root, string path, JsonNode? expected)
    {
        if (!TryFind(root, path, out var actual) && expected is null)
        {
            return;
        }
        if (!actual.SameAs(expected))
        {
            throw Failed();
        }
    }

    private static JsonNode? Find(JsonArray root, string path, string operation) =>
        TryFind(root, path, out var found) ? found : throw Failed();

    private static bool TryFind(JsonArray root, string path, out JsonNode? found)
    {
        found = root[0];
        foreach (var step in Steps(path))
        {
            switch (found)
            {
                case JsonObject map when map.TryGetPropertyValue(step, out var member):
                    found = member;
                    break;
                case JsonArray array when int.TryParse(step, out var index) && index >= 0 && index < array.Count:
                    found = array[index];
                    break;
                default:
                    found = null;
                    return false;
            }
        }
        return true;
    }

    private static (JsonNode? Parent, string Last) Parent(JsonArray root, string path, string operation)
    {
        var steps = Steps(path);
        if (steps.Length == 0)
        {
            return (root, "0");
        }
        var parent = path[..path.LastIndexOf('/')];
        return (Find(root, parent, operation), steps[^1]);
    }

    private static void Add(JsonArray root, string path, JsonNode? value)
    {
        var (parent, last) = Parent(root, path, "add");
        if (parent is JsonArray array && parent != root)
        {
            var index = last == "-" ? array.Count : int.TryParse(last, out var i) && i >= 0 && i <= array.Count ? i : throw Failed();
            array.Insert(index, value);
            return;
        }
        Set(root, path, value);
    }

    private static void Set(JsonArray root, string path, JsonNode? value)
    {
        var (parent, last) = Parent(root, path, "add");
        switch (parent)
        {
            case JsonObject map:
                map[last] = value;
                break;
            case JsonArray array:
                array[int.Parse(last)] = value;
                break;
            default:
                throw Failed();
        }
    }

    private static void Remove(JsonArray root, string path, string operation)
    {
        if (path.Length == 0)
        {
            throw Failed();
        }
        Find(root, path, operation);
        var (parent, last) = Parent(root, path, operation);
        if (parent is JsonObject map)
        {
            map.Remove(last);
        }
        else if (parent is JsonArray array)
        {
            array.RemoveAt(int.Parse(last));
        }
    }

    private static string[] Steps(string path)
    {
        if (path.Length == 0)
        {
            return [];
        }
        return path[0] == '/'
            ? Array.ConvertAll(path[1..].Split('/'), step => step.Replace("~1", "/").Replace("~0", "~"))
            : throw Failed();
    }

    /// <summary>What is wrong with an operation is not said, as upstream does not.</summary>
    private static ApiException Failed() => new(422, "Invalid", "the server rejected our request due to an error in our request", []);
}
