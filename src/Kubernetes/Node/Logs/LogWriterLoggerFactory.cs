using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Logs;

/// <summary>
/// Loggers that write plain lines to a container's log, and everything to the cluster's own loggers too. Of the web server's own doings (every request in four lines)
/// only what is wrong goes to the container's log.
/// </summary>
internal sealed class LogWriterLoggerFactory(TextWriter output, ILoggerFactory cluster) : ILoggerFactory
{
    private static readonly string[] WebServer = ["Microsoft.AspNetCore.", "Yarp."];

    public ILogger CreateLogger(string categoryName) => new LineLogger(output, cluster.CreateLogger(categoryName), categoryName);

    public void AddProvider(ILoggerProvider provider) => cluster.AddProvider(provider);

    public void Dispose()
    {
        // the log belongs to the container, the loggers to the cluster
    }

    private sealed class LineLogger(TextWriter output, ILogger cluster, string category) : ILogger
    {
        private readonly LogLevel _least = WebServer.Any(prefix => category.StartsWith(prefix, StringComparison.Ordinal)) ? LogLevel.Warning : LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => cluster.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least || cluster.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            cluster.Log(logLevel, eventId, state, exception, formatter);
            if (logLevel >= _least)
            {
                output.WriteLine($"{Level(logLevel)} {category[(category.LastIndexOf('.') + 1)..]}: {formatter(state, exception)}");
            }
        }

        private static string Level(LogLevel level) => level switch
        {
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARN",
            _ => "ERROR",
        };
    }
}
