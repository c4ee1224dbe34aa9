using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Secrets and ConfigMaps (kubernetes pkg/registry/core/secret and configmap strategies).</summary>
internal static class ConfigStrategies
{
    private const int DataMaxBytes = 1024 * 1024;

    public static ResourceStrategy Secret { get; } = new()
    {
        Default = DefaultSecret,
        Validate = ValidateSecret,
        ValidateUpdate = (secret, old, errors) =>
        {
            if (!secret["type"].SameAs(old["type"]))
            {
                errors.Invalid("type", secret["type"]?.DeepClone(), "field is immutable");
            }
            Frozen(secret, old, errors, "data");
        },
        FieldNames = ["type"],
        Fields = secret => [("type", secret.Text("type") ?? "")],
    };

    public static ResourceStrategy ConfigMap { get; } = new()
    {
        Validate = ValidateConfigMap,
        ValidateUpdate = (map, old, errors) => Frozen(map, old, errors, "data", "binaryData"),
    };

    private static void DefaultSecret(JsonObject secret)
    {
        if (string.IsNullOrEmpty(secret.Text("type")))
        {
            secret["type"] = "Opaque";
        }
        if (secret["stringData"] is JsonObject plain)
        {
            var data = secret.Sub("data");
            foreach (var (key, value) in plain)
            {
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Text() ?? ""));
            }
        }
        secret.Remove("stringData");
    }

    private static void ValidateSecret(JsonObject secret, FieldErrors errors)
    {
        var total = 0;
        foreach (var (key, value) in secret.Object("data") ?? [])
        {
            Key("data", key, errors);
            total += (value.Text()?.Length ?? 0) / 4 * 3;
        }
        if (total > DataMaxBytes)
        {
            errors.TooLong("data", DataMaxBytes);
        }
        foreach (var key in RequiredKeys(secret.Text("type")))
        {
            if (secret.At("data", key) is null)
            {
                errors.Required($"data[{key}]");
            }
        }
        if (secret.Text("type") == "kubernetes.io/basic-auth" && secret.At("data", "username") is null && secret.At("data", "password") is null)
        {
            errors.Required("data[username]");
            errors.Required("data[password]");
        }
    }

    private static string[] RequiredKeys(string? type) => type switch
    {
        "kubernetes.io/tls" => ["tls.crt", "tls.key"],
        "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
        "kubernetes.io/dockercfg" => [".dockercfg"],
        "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
        _ => [],
    };

    private static void ValidateConfigMap(JsonObject map, FieldErrors errors)
    {
        var total = 0;
        foreach (var field in (string[])["data", "binaryData"])
        {
            foreach (var (key, value) in map.Object(field) ?? [])
            {
                Key(field, key, errors);
                total += value.Text()?.Length ?? 0;
            }
        }
        foreach (var (key, _) in map.Object("data") ?? [])
        {
            if (map.Object("binaryData")?.ContainsKey(key) == true)
            {
                errors.Invalid($"data[{key}]", key, "duplicate of key present in binaryData");
            }
        }
        if (total > DataMaxBytes)
        {
            errors.TooLong("", DataMaxBytes);
        }
    }

    private static void Key(string field, string key, FieldErrors errors)
    {
        if (key.Length == 0 || key.Length > 253 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors.Invalid($"{field}[{key}]", key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        }
    }

    private static void Frozen(JsonObject current, JsonObject old, FieldErrors errors, params string[] fields)
    {
        if (old.Flag("immutable") != true)
        {
            return;
        }
        if (current.Flag("immutable") != true)
        {
            errors.Forbidden("immutable", "field is immutable when `immutable` is set");
        }
        foreach (var field in fields.Where(field => !current[field].SameAs(old[field])))
        {
            errors.Forbidden(field, "field is immutable when `immutable` is set");
        }
    }
}
