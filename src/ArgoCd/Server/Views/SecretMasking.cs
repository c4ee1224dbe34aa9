using System.Text.Json.Nodes;
using ArgoCd.Comparison;
using ArgoCd.Json;

namespace ArgoCd.Server.Views;

/// <summary>Secrets as they are shown: values replaced by plus signs, equal values by equally many (<c>diff.HideSecretData</c>).</summary>
internal static class SecretMasking
{
    private const string Replacement = "++++++++";

    /// <summary>Masks copies of all given forms of one secret; other kinds, and null, are returned as they are.</summary>
    public static JsonObject?[] Mask(params JsonObject?[] forms)
    {
        if (!forms.Any(form => form is not null && form.Text("kind") == "Secret" && form.Text("apiVersion") == "v1"))
        {
            return forms;
        }

        var copies = forms.Select(form => form is null ? null : ManifestNormalizer.Normalize(LastApplied.Without(form))).ToArray();
        foreach (var key in copies.SelectMany(copy => copy.Object("data") ?? []).Select(field => field.Key).Distinct().ToList())
        {
            var shown = new Dictionary<string, string>();
            foreach (var data in copies.Select(copy => copy.Object("data")).OfType<JsonObject>().Where(data => data.ContainsKey(key)))
            {
                var value = data[key]?.ToString() ?? "";
                shown.TryAdd(value, Replacement + new string('+', 4 * shown.Count));
                data[key] = shown[value];
            }
        }

        return copies;
    }
}
