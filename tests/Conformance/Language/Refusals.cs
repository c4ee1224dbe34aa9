using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Fixtures.ArgoCd;

namespace Conformance.Language;

/// <summary>What the reader asks for in vain, and what is answered.</summary>
public static class Refusals
{
    /// <summary>Argo CD refuses what is asked of it.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="what">What, e.g. <c>a wrong password</c>.</param>
    /// <param name="act">The call.</param>
    /// <param name="expected">The answer, in words, as a failure prints it.</param>
    /// <param name="right">Whether this is that answer.</param>
    public static Task IsRefused(this Reader reader, string what, Func<Task> act, string expected, Func<ArgoCdException, bool> right) => reader.Step(
        $"is refused {what}", async () =>
        {
            var (observed, holds) = ("it was taken", false);
            try
            {
                await act();
            }
            catch (ArgoCdException refusal)
            {
                (observed, holds) = (refusal.Message, right(refusal));
            }

            reader.Judge("Argo CD", $"did not refuse {what} as it should", expected, observed, holds ? null : "another answer");
        });

    /// <summary>kubectl create namespace.</summary>
    public static Task CreatesTheNamespace(this Reader reader) => reader.Step(
        $"creates namespace {reader.Stage.Names.Namespace}",
        () => reader.Stage.Cluster.Api.CreateAsync(Resources.Namespaces, new() { Metadata = new() { Name = reader.Stage.Names.Namespace } }, reader.Stop));

    /// <summary>kubectl apply of an object of Argo Rollouts, with the strict validation that is kubectl's default: the API server refuses it and says why.</summary>
    /// <param name="reader">Who applies.</param>
    /// <param name="mistake">What is wrong with it.</param>
    /// <param name="plural">Its kind as the address has it, e.g. <c>rollouts</c>.</param>
    /// <param name="object">Without a namespace: the scenario's is meant.</param>
    /// <param name="reason">Part of the message.</param>
    public static Task IsRefusedByTheApi(this Reader reader, string mistake, string plural, JsonObject @object, string reason) => reader.Step(
        $"is refused {mistake}", async () =>
        {
            var (observed, holds) = ("it was stored", false);
            try
            {
                await reader.Stage.Cluster.Api.SendAsync(
                    HttpMethod.Post, $"apis/argoproj.io/v1alpha1/namespaces/{reader.Stage.Names.Namespace}/{plural}?fieldValidation=Strict", @object.ToJsonString(), reader.Stop);
            }
            catch (ApiException refusal)
            {
                observed = $"{(int)refusal.Code}: {refusal.StatusMessage}";
                holds = refusal.StatusMessage.Contains(reason, StringComparison.Ordinal);
            }

            reader.Judge($"{@object["kind"]} with {mistake}", "was not refused with its reason", $"containing: {reason}", observed, holds ? null : "another answer");
        });
}
