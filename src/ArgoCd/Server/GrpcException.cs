using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server;

/// <summary>gRPC status codes, as far as the API uses them.</summary>
internal enum GrpcCode
{
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    FailedPrecondition = 9,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>
/// A request that is refused. Argo CD's HTTP API is a gateway in front of gRPC: failures are <c>{"error", "code", "message"}</c>
/// with the gRPC code, and an HTTP status derived from it.
/// </summary>
internal sealed class GrpcException(GrpcCode code, string message) : Exception(message)
{
    public GrpcCode Code { get; } = code;

    public int HttpStatus => Code switch
    {
        GrpcCode.InvalidArgument or GrpcCode.FailedPrecondition => StatusCodes.Status400BadRequest,
        GrpcCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        GrpcCode.NotFound => StatusCodes.Status404NotFound,
        GrpcCode.AlreadyExists => StatusCodes.Status409Conflict,
        GrpcCode.PermissionDenied => StatusCodes.Status403Forbidden,
        GrpcCode.Unimplemented => StatusCodes.Status501NotImplemented,
        GrpcCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        GrpcCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static GrpcException PermissionDenied { get; } = new(GrpcCode.PermissionDenied, "permission denied");

    /// <summary>The same failure with more said before it, as Go's wrapped errors have it.</summary>
    public GrpcException Within(string context) => new(Code, $"{context}: rpc error: code = {Code} desc = {Message}");

    public static GrpcException From(Controllers.Runtime.Client.ApiException exception) => new(
        exception.Code switch
        {
            System.Net.HttpStatusCode.NotFound => GrpcCode.NotFound,
            System.Net.HttpStatusCode.Forbidden => GrpcCode.PermissionDenied,
            System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.UnprocessableEntity => GrpcCode.InvalidArgument,
            System.Net.HttpStatusCode.Conflict => exception.IsAlreadyExists ? GrpcCode.AlreadyExists : GrpcCode.FailedPrecondition,
            _ => GrpcCode.Unknown,
        },
        exception.StatusMessage);
}
