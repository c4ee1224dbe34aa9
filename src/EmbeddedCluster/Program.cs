
using System.CommandLine;
using EmbeddedCluster;

// time to end every part in order: pods, controllers, the API
var ending = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await CommandLine.Create(Person.RunAsync, Server.RunAsync).Parse(args).InvokeAsync(ending);
