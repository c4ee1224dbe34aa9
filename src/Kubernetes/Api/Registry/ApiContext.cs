using System.Security.Cryptography.X509Certificates;
using Kubernetes.Api.Admission;
using Kubernetes.Api.Admission.Quotas;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.CustomResources;
using Kubernetes.Api.Resources;
using Kubernetes.Store;

namespace Kubernetes.Api.Registry;

/// <summary>The parts of one server, as its request handlers see them.</summary>
internal sealed class ApiContext
{
    public ApiContext(TimeProvider time, string adminToken, X509Certificate2 authority, AuthorizationMode authorization, Random random, int historyLength)
    {
        Time = time;
        Store = new ObjectStore(historyLength);
        Tokens = new ServiceAccountTokens(time);
        Accounts = new ServiceAccountAuthenticator(Tokens, Store);
        Authenticator = new Authenticator(adminToken, Accounts, new ClientCertificates(authority));
        Names = new NameGenerator(random);
        Admission = new AdmissionChain(this, random);
        Quotas = new ResourceQuotas(this);
        Creation = new ObjectCreation(this);
        Update = new ObjectUpdate(this);
        Deletion = new ObjectDeletion(this);
        Definitions = new DefinitionController(this);
        Authorizer = new RbacAuthorizer(Store, authorization);
    }

    public TimeProvider Time { get; }

    public ObjectStore Store { get; }

    public ResourceRegistry Resources { get; } = new(BuiltInResources.All());

    public ServiceAccountTokens Tokens { get; }

    public ServiceAccountAuthenticator Accounts { get; }

    public Authenticator Authenticator { get; }

    public RbacAuthorizer Authorizer { get; }

    public NameGenerator Names { get; }

    public AdmissionChain Admission { get; }

    public ResourceQuotas Quotas { get; }

    public ObjectCreation Creation { get; }

    public ObjectUpdate Update { get; }

    public ObjectDeletion Deletion { get; }

    /// <summary>The nodes' logs; null: there are none.</summary>
    public Logs.IContainerLogs? ContainerLogs { get; init; }

    public Commands.IContainerCommands? ContainerCommands { get; init; }

    public Ports.IPodPorts? PodPorts { get; init; }

    /// <summary>Keeps the resources table in step with custom resource definitions.</summary>
    public DefinitionController Definitions { get; }
}
