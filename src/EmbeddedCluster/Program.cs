
using System.CommandLine;
using EmbeddedCluster;
using EmbeddedCluster.Containers;

// time to end every part in order: pods, controllers, the API
var ending = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await CommandLine.Create(Person.RunAsync, Server.RunAsync, ContainerProcess.RunAsync).Parse(args).InvokeAsync(ending);
