using System.Net;
using System.Net.Sockets;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Kubernetes' libraries for URLs, IP addresses and CIDRs (apiserver pkg/cel/library/{urls,ip,cidr}.go).</summary>
internal static class NetworkFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> functions, Dictionary<string, Func<object?[], object?>> members)
    {
        functions["url"] = values => Url(Texts.Of(values[0]));
        functions["isURL"] = values => QuantityFunctions.Succeeds(() => Url(Texts.Of(values[0])));
        members["getScheme"] = values => Absolute(values[0])?.Scheme ?? "";
        members["getHost"] = values => Absolute(values[0]) is { } url ? url.OriginalString.Contains($"{url.Host}:{url.Port}", StringComparison.OrdinalIgnoreCase) ? $"{url.Host}:{url.Port}" : url.Host : "";
        members["getHostname"] = values => Absolute(values[0])?.Host.Trim('[', ']') ?? "";
        members["getPort"] = values => Absolute(values[0]) is { } url && url.OriginalString.Contains($"{url.Host}:{url.Port}", StringComparison.OrdinalIgnoreCase) ? $"{url.Port}" : "";
        members["getEscapedPath"] = values => Path(values[0] as Uri ?? throw CelException.NoOverload());
        members["getQuery"] = values => Query(values[0] as Uri ?? throw CelException.NoOverload());

        functions["ip"] = values => Address(Texts.Of(values[0]));
        functions["isIP"] = values => QuantityFunctions.Succeeds(() => Address(Texts.Of(values[0])));
        functions["ip.isCanonical"] = values => Address(Texts.Of(values[0])).ToString() == Texts.Of(values[0]);
        members["family"] = values => Ip(values[0]).AddressFamily == AddressFamily.InterNetwork ? 4L : 6L;
        members["isUnspecified"] = values => Ip(values[0]) is var ip && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        members["isLoopback"] = values => IPAddress.IsLoopback(Ip(values[0]));
        members["isLinkLocalUnicast"] = values => IsLinkLocal(Ip(values[0]));
        members["isLinkLocalMulticast"] = values => Ip(values[0]) is var ip && (ip.GetAddressBytes() is [224, 0, 0, _] || (ip.IsIPv6Multicast && (ip.GetAddressBytes()[1] & 0xf) == 2));
        members["isGlobalUnicast"] = values => Ip(values[0]) is var ip && !IPAddress.IsLoopback(ip) && !IsLinkLocal(ip) && !ip.IsIPv6Multicast
            && ip.GetAddressBytes() is not [>= 224 and <= 239, _, _, _] && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) && !ip.Equals(IPAddress.Broadcast);

        functions["cidr"] = values => Cidr(Texts.Of(values[0]));
        functions["isCIDR"] = values => QuantityFunctions.Succeeds(() => Cidr(Texts.Of(values[0])));
        members["containsIP"] = values => Block(values[0]).Network.Contains(values[1] is string text ? Address(text) : Ip(values[1]));
        members["containsCIDR"] = values => Block(values[0]) is var block && (values[1] is string text ? Cidr(text) : Block(values[1])) is var other
            && block.Network.PrefixLength <= other.Network.PrefixLength && block.Network.Contains(other.Network.BaseAddress);
        members["ip"] = values => Block(values[0]).Address;
        members["masked"] = values => new AddressBlock(Block(values[0]).Network.BaseAddress, Block(values[0]).Network);
        members["prefixLength"] = values => (long)Block(values[0]).Network.PrefixLength;
    }

    private static Uri Url(string text)
        => (text.StartsWith('/') || Uri.IsWellFormedUriString(text, UriKind.Absolute)) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var url)
            ? url
            : throw new CelException($"URL parse error during conversion from string: parse \"{text}\": invalid URI for request");

    private static Uri? Absolute(object? value) => value is not Uri url ? throw CelException.NoOverload() : url.IsAbsoluteUri && url.Host.Length + url.Scheme.Length > 0 && !url.OriginalString.StartsWith('/') ? url : null;

    private static string Path(Uri url) => url.OriginalString.StartsWith('/') ? url.OriginalString.Split('?', '#')[0] : url.AbsolutePath == "/" && !url.OriginalString.Split('?')[0].EndsWith('/') ? "" : url.AbsolutePath;

    private static CelMap Query(Uri url)
    {
        var query = url.OriginalString.Split('#')[0].Split('?', 2) is [_, var text] ? text : "";
        var made = new CelMap();
        foreach (var values in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).GroupBy(pair => Uri.UnescapeDataString(pair[0])))
        {
            made.Add(values.Key, values.Select(object? (pair) => pair.Length > 1 ? Uri.UnescapeDataString(pair[1].Replace('+', ' ')) : "").ToList());
        }
        return made;
    }

    private static IPAddress Address(string text)
    {
        var plain = text.Contains(':') ? !text.Contains('%') && !text.Contains('.') && !text.Contains('[') : text.Split('.') is { Length: 4 } parts && parts.All(part => byte.TryParse(part, out _) && (part == "0" || part[0] != '0'));
        return plain && IPAddress.TryParse(text, out var address) ? address : throw new CelException($"IP Address '{text}' parse error during conversion from string: ParseAddr(\"{text}\"): unable to parse IP");
    }

    private static AddressBlock Cidr(string text)
    {
        if (text.Split('/') is [var address, var length] && int.TryParse(length, out var bits) && Address(address) is var ip && bits >= 0 && bits <= ip.GetAddressBytes().Length * 8)
        {
            var bytes = ip.GetAddressBytes();
            for (var i = bits; i < bytes.Length * 8; i++)
            {
                bytes[i / 8] &= (byte)~(0x80 >> i % 8);
            }
            return new AddressBlock(ip, new IPNetwork(new IPAddress(bytes), bits));
        }
        throw new CelException($"network address parse error during conversion from string: netip.ParsePrefix(\"{text}\")");
    }

    private static IPAddress Ip(object? value) => value as IPAddress ?? throw CelException.NoOverload();

    private static AddressBlock Block(object? value) => value as AddressBlock ?? throw CelException.NoOverload();

    private static bool IsLinkLocal(IPAddress ip) => ip.IsIPv6LinkLocal || ip.GetAddressBytes() is [169, 254, _, _];
}
