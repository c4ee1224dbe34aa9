using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoCd.Server.Sessions;

/// <summary>
/// The account <c>admin</c> and the key of the session tokens: both live in the secret <c>argocd-secret</c> and are made at the first start.
/// The password itself is written once, to <c>argocd-initial-admin-secret</c>, and never logged.
/// </summary>
internal sealed class AdminAccount(ApiClient client, string @namespace, TimeProvider time)
{
    private const string SecretName = "argocd-secret";
    private const string InitialSecretName = "argocd-initial-admin-secret";
    private const string KeyField = "server.secretkey";
    private const string PasswordField = "admin.password";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
    private const int PasswordLength = 16;

    /// <summary>Makes what is missing and returns the signing key.</summary>
    public async Task<byte[]> InitializeAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                var secret = await client.FindAsync(Resources.Secrets, @namespace, SecretName, cancel);
                if (secret?.Data is { } data && data.TryGetValue(KeyField, out var key) && data.ContainsKey(PasswordField))
                {
                    return key;
                }

                await WriteAsync(secret, cancel);
            }
            catch (ApiException exception) when (exception.IsConflict || exception.IsAlreadyExists)
            {
                continue; // another replica was faster: take what it made
            }
        }
    }

    /// <exception cref="GrpcException">In upstream's words, which do not tell what is wrong.</exception>
    public async Task VerifyAsync(string username, string password, CancellationToken cancel)
    {
        var secret = await client.FindAsync(Resources.Secrets, @namespace, SecretName, cancel);
        var hash = secret?.Data is { } data && data.TryGetValue(PasswordField, out var stored) ? Encoding.UTF8.GetString(stored) : null;
        if (username != "admin" || hash is null || !BCrypt.Net.BCrypt.Verify(password, hash))
        {
            throw new GrpcException(GrpcCode.Unauthenticated, "Invalid username or password");
        }
    }

    private async Task WriteAsync(V1Secret? existing, CancellationToken cancel)
    {
        var secret = existing ?? new V1Secret { Metadata = Metadata(SecretName), Type = "Opaque" };
        secret.Data ??= new Dictionary<string, byte[]>();
        secret.Data.TryAdd(KeyField, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        string? password = null;
        if (!secret.Data.ContainsKey(PasswordField))
        {
            password = RandomNumberGenerator.GetString(Alphabet, PasswordLength);
            secret.Data[PasswordField] = Encoding.UTF8.GetBytes(BCrypt.Net.BCrypt.HashPassword(password, workFactor: 10));
            secret.Data["admin.passwordMtime"] = Encoding.UTF8.GetBytes(
                time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        _ = existing is null
            ? await client.CreateAsync(Resources.Secrets, secret, cancel)
            : await client.UpdateAsync(Resources.Secrets, secret, cancel: cancel);
        if (password is not null)
        {
            await WriteInitialAsync(password, cancel);
        }
    }

    private async Task WriteInitialAsync(string password, CancellationToken cancel)
    {
        var initial = new V1Secret
        {
            Metadata = Metadata(InitialSecretName),
            Type = "Opaque",
            Data = new Dictionary<string, byte[]> { ["password"] = Encoding.UTF8.GetBytes(password) },
        };
        try
        {
            await client.CreateAsync(Resources.Secrets, initial, cancel);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            var known = await client.GetAsync(Resources.Secrets, @namespace, InitialSecretName, cancel);
            known.Data = initial.Data;
            await client.UpdateAsync(Resources.Secrets, known, cancel: cancel);
        }
    }

    private V1ObjectMeta Metadata(string name) => new()
    {
        Name = name,
        NamespaceProperty = @namespace,
        Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = name, ["app.kubernetes.io/part-of"] = "argocd" },
    };
}
