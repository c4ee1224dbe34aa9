using System.Net;
using k8s.Models;
using Kubernetes.Node.Volumes;

namespace Kubernetes.Node.Containers;

/// <summary>What the containers of one pod share.</summary>
/// <param name="Node">The node's services.</param>
/// <param name="Pod">The pod as it was when the node took it on.</param>
/// <param name="PodIP">The pod's address.</param>
/// <param name="Volumes">The pod's volumes and folders.</param>
/// <param name="Terminate">The pod shall end: SIGTERM to every container.</param>
/// <param name="Kill">The grace period is over.</param>
internal sealed record PodSurroundings(
    NodeContext Node, V1Pod Pod, IPAddress PodIP, PodFolders Volumes, VolumeUpdates Updates, CancellationToken Terminate, CancellationToken Kill);
