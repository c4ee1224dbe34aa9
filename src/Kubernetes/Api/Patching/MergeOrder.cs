using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching;

/// <summary>
/// The order of a merged list: what the patch names stands in the patch's order; what only the server has is put before the first of those
/// that came after it on the server (apimachinery util/strategicpatch normalizeElementOrder and mergeSortedSlice).
/// </summary>
internal static class MergeOrder
{
    /// <param name="merged">The items; they move to the result.</param>
    /// <param name="patchOrder">Items of the patch, or of its order directive.</param>
    /// <param name="serverOrder">The list as it was.</param>
    /// <param name="identity">An item's merge key, or the item itself.</param>
    public static JsonArray Of(JsonArray merged, JsonArray patchOrder, IReadOnlyList<JsonNode?> serverOrder, Func<JsonNode?, JsonNode?> identity)
    {
        int Rank(IEnumerable<JsonNode?> order, JsonNode? item) => order.ToList().FindIndex(other => identity(other).SameAs(identity(item)));
        var patched = new Queue<JsonNode?>(merged.Where(item => Rank(patchOrder, item) >= 0).OrderBy(item => Rank(patchOrder, item)));
        var serverOnly = new Queue<JsonNode?>(merged.Where(item => Rank(patchOrder, item) < 0).OrderBy(item => Rank(serverOrder, item)));
        bool ServerFirst() => Rank(serverOrder, serverOnly.Peek()) is >= 0 and var left && Rank(serverOrder, patched.Peek()) is >= 0 and var right && left < right;
        var result = new List<JsonNode?>();
        while (patched.Count + serverOnly.Count > 0)
        {
            result.Add(patched.Count == 0 || (serverOnly.Count > 0 && ServerFirst()) ? serverOnly.Dequeue() : patched.Dequeue());
        }
        return new JsonArray([.. result.Select(item => item?.DeepClone())]);
    }
}
