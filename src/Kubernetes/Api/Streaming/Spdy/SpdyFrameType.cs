namespace Kubernetes.Api.Streaming.Spdy;

/// <summary>Control frames that are acted on; others (settings, windows) are read over: client-go's SPDY has no flow control.</summary>
internal enum SpdyFrameType
{
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Ping = 6,
    GoAway = 7,
}
