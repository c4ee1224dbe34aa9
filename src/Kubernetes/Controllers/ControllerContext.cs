using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Controllers;

/// <summary>What every controller of the process shares: one client, one set of informers, one clock.</summary>
internal sealed class ControllerContext(ApiClient client, InformerFactory informers, TimeProvider time, ILoggerFactory loggers)
{
    public ApiClient Client => client;

    public InformerFactory Informers => informers;

    public TimeProvider Time => time;

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public ILogger Logger(string name) => loggers.CreateLogger($"Kubernetes.Controllers.{name}");

    public EventRecorder Events(string component) => new(client, component, time, Logger(component));

    public Controller Controller(string name, IReconciler reconciler, int workers = 1) => new(name, reconciler, time, Logger(name), workers);
}
