using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kubernetes.Api.Wire;

/// <summary>Plain scalars by YAML 1.1's rules, as sigs.k8s.io/yaml has them.</summary>
internal static class YamlScalars
{
    private static readonly TagName StringTag = new("tag:yaml.org,2002:str");

    public static JsonNode? Read(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style is not ScalarStyle.Plain || scalar.Tag == StringTag)
        {
            return text;
        }
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "on" or "On":
                return true;
            case "false" or "False" or "FALSE" or "no" or "No" or "off" or "Off":
                return false;
        }
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        var looksNumeric = char.IsAsciiDigit(text[^1]) || text[^1] == '.';
        return looksNumeric && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : text;
    }
}
