using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Patching;
using Kubernetes.Api.Patching.Apply;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>GET, POST, PUT, PATCH and DELETE of one object and of its status.</summary>
internal sealed class ObjectHandlers(ApiContext api)
{
    public Task GetAsync(ApiRequest request) => AnswerAsync(request, 200, api.Stored(request).Value);

    public async Task CreateAsync(ApiRequest request)
    {
        var document = await BodyReader.ObjectAsync(request);
        BodyReader.CheckName(request, document, null);
        if (request.Resource.Custom is { Terminating: true })
        {
            throw StatusErrors.MethodNotAllowed();
        }
        var created = await api.Creation.CreateAsync(request.Write(document.Text("metadata", "name") ?? ""), document, request.Aborted);
        await AnswerAsync(request, 201, created.Value);
    }

    public async Task UpdateAsync(ApiRequest request)
    {
        var document = await BodyReader.ObjectAsync(request);
        BodyReader.CheckName(request, document, request.Info.Name);
        var mayCreate = request.Resource.Strategy.AllowCreateOnUpdate && request.Info.Subresource is null;
        var result = await api.Update.UpdateAsync(
            request.Write(request.Info.Name!),
            _ => (JsonObject)document.DeepClone(),
            isPatch: false,
            mayCreate ? () => document : null,
            request.Aborted);
        await AnswerAsync(request, result.Created ? 201 : 200, result.Value);
    }

    public async Task PatchAsync(ApiRequest request)
    {
        var bytes = await BodyBytes.ReadAsync(request.Http);
        if (BodyReader.MediaType(request.Http) == PatchRequest.ApplyYaml)
        {
            await ApplyAsync(request, bytes);
            return;
        }
        ApplyRequest.RefuseForce(request);
        var patch = PatchRequest.Parse(bytes, BodyReader.MediaType(request.Http), request.Resource);
        JsonObject Patched(JsonObject current)
        {
            var patched = patch(current);
            if (patched["metadata"] is JsonObject)
            {
                BodyReader.CheckName(request, patched, request.Info.Name);
            }
            try
            {
                FieldValidation.Apply(request, patched, []);
            }
            catch (ApiException refused) when (refused.Code == 400)
            {
                throw NotDecodable(patched, refused);
            }
            return patched;
        }
        var result = await api.Update.UpdateAsync(request.Write(request.Info.Name!), Patched, isPatch: true, createFrom: null, request.Aborted);
        await AnswerAsync(request, 200, result.Value);
    }

    /// <summary>A patch that comes to something of another type is invalid as a patch, without a kind (apiserver handlers/patch.go).</summary>
    private static ApiException NotDecodable(JsonObject patched, ApiException refused)
    {
        var errors = new FieldErrors();
        errors.Invalid("patch", patched.ToJsonString(), refused.Message[(refused.Message.IndexOf("strict decoding error", StringComparison.Ordinal) is >= 0 and var strict ? strict : 0)..]);
        return errors.ToException("", "", "");
    }

    private async Task ApplyAsync(ApiRequest request, byte[] bytes)
    {
        var applied = ApplyRequest.Parse(request, bytes);
        var schema = request.Resource.Schema.Value;
        var applier = new Applier(
            request.FieldManager, request.Resource.ApiVersion, request.Info.Subresource ?? "", request.Flag("force"), Metadata.Timestamp(api.Time.GetUtcNow()));
        JsonObject Created()
        {
            var created = (JsonObject)applied.DeepClone();
            ServerSideApply.Begin(created, schema, applier);
            return created;
        }
        var result = await api.Update.UpdateAsync(
            request.Write(request.Info.Name!) with { IsApply = true },
            current => ServerSideApply.Apply(current, applied, schema, applier),
            isPatch: true,
            request.Info.Subresource is null ? Created : null,
            request.Aborted);
        await AnswerAsync(request, result.Created ? 201 : 200, result.Value);
    }

    public async Task DeleteAsync(ApiRequest request)
    {
        var options = DeleteOptions.From(await BodyReader.OptionsAsync(request), request.Query);
        var deleted = await api.Deletion.DeleteAsync(request.Write(request.Info.Name!), options, request.Aborted);
        if (!deleted.Gone || request.Resource.Strategy.ReturnsDeletedObject)
        {
            await AnswerAsync(request, 200, deleted.Value);
            return;
        }
        var details = new JsonObject { ["name"] = request.Info.Name, ["kind"] = request.Resource.Plural, ["uid"] = Metadata.Tree(deleted.Value).Text("metadata", "uid") };
        if (request.Resource.Group.Length > 0)
        {
            details["group"] = request.Resource.Group;
        }
        await Answer.ObjectAsync(request, 200, new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        });
    }

    public Task AnswerAsync(ApiRequest request, int code, byte[] stored) => request.View.Kind == ViewKind.Table
        ? Answer.ObjectAsync(request, code, request.Table(api.Time).One(stored))
        : Answer.ObjectAsync(request, code, ObjectView.Of(stored, request.Resource, request.View.Kind));
}
