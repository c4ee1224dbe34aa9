using System.Net;

namespace Kubernetes.Cel.Values;

/// <summary>A type as a value: <c>type(1) == int</c>.</summary>
public sealed record CelType(string Name)
{
    public static CelType Of(object? value) => new(value switch
    {
        null => "null_type",
        bool => "bool",
        long => "int",
        ulong => "uint",
        double => "double",
        string => "string",
        byte[] => "bytes",
        DateTimeOffset => "google.protobuf.Timestamp",
        TimeSpan => "google.protobuf.Duration",
        CelType => "type",
        CelOptional => "optional_type",
        Quantity => "kubernetes.Quantity",
        Uri => "kubernetes.URL",
        AddressBlock => "net.CIDR",
        IPAddress => "net.IP",
        AccessCheck check => $"kubernetes.authorization.{check.Type}",
        AccessAnswer => "kubernetes.authorization.Decision",
        ICelMap => "map",
        _ => "list",
    });

    public override string ToString() => Name;
}
