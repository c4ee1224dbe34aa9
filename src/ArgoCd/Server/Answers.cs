using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoCd.Source;
using Controllers.Runtime.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Server;

/// <summary>Answers as the gRPC gateway writes them.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object as text inside an answer.</summary>
    public static string Compact(this JsonNode? node) => node?.ToJsonString(Written) ?? "null";

    public static async Task WriteAsync(this HttpContext context, JsonNode body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(Written), context.RequestAborted);
    }

    /// <summary>One message of a stream: <c>{"result": …}</c> on a line, or a server-sent event when the client asked for those.</summary>
    public static async Task WriteLineAsync(this HttpContext context, JsonNode result)
    {
        var line = new JsonObject { ["result"] = result };
        var events = context.Response.ContentType == "text/event-stream";
        await context.Response.WriteAsync($"{(events ? "data: " : "")}{line.ToJsonString(Written)}\n{(events ? "\n" : "")}", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>The body as an object; empty when there is none.</summary>
    public static async Task<JsonObject> BodyAsync(this HttpContext context)
        => await context.BodyNodeAsync() switch
        {
            null => [],
            JsonObject body => body,
            _ => throw new GrpcException(GrpcCode.InvalidArgument, "json: the request body must be an object"),
        };

    public static async Task<JsonNode?> BodyNodeAsync(this HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new GrpcException(GrpcCode.InvalidArgument, exception.Message);
        }
    }

    public static string? Query(this HttpContext context, string name) => context.Request.Query[name] is { Count: > 0 } values ? values[0] : null;

    /// <summary>A flag of the query; null when it is not given.</summary>
    public static bool? Flag(this HttpContext context, string name)
        => context.Query(name) switch
        {
            null or "" => null,
            "true" or "1" => true,
            "false" or "0" => false,
            var other => throw new GrpcException(GrpcCode.InvalidArgument, $"parsing field \"{name}\": strconv.ParseBool: parsing \"{other}\": invalid syntax"),
        };

    /// <summary>A part of the path, decoded: repository addresses come with escaped slashes.</summary>
    public static string Part(this HttpContext context, string name) => Uri.UnescapeDataString(context.Request.RouteValues[name] as string ?? "");

    /// <summary>Runs the rest of the pipeline and turns what it throws into an answer.</summary>
    public static async Task CatchAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            var failure = exception switch
            {
                GrpcException known => known,
                ApiException refused => GrpcException.From(refused),
                SourceException source => new GrpcException(GrpcCode.Unknown, source.Description),
                _ => new GrpcException(GrpcCode.Internal, exception.Message),
            };
            if (failure.Code == GrpcCode.Internal)
            {
                logger.LogError(exception, "{Method} {Path} failed: {Reason}", context.Request.Method, context.Request.Path.Value, exception.Message);
            }

            await context.WriteAsync(
                new JsonObject { ["error"] = failure.Message, ["code"] = (int)failure.Code, ["message"] = failure.Message }, failure.HttpStatus);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // the client went away
        }
    }
}
