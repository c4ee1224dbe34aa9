using System.Runtime.Versioning;
using EmbeddedCluster.Programs;

namespace EmbeddedCluster.Tests.Images.Prometheus;

/// <summary>
/// The real Prometheus behind a script that refuses Kubernetes discovery in the words of a build without it (Debian's 2.42), so that what this
/// machine has does not decide whether the fallback is tested.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrometheusWithoutDiscovery() : RunningPrometheus(101)
{
    protected override FoundProgram Prepare(FoundProgram program, string folder)
    {
        var script = Path.Combine(folder, "prometheus-without-discovery");
        File.WriteAllText(
            script,
            $"""
            #!/bin/sh
            for argument; do
              case $argument in --config.file=*)
                if grep -q kubernetes_sd_configs "$(echo "$argument" | cut -d= -f2-)"; then
                  echo 'level=error err="line 3: field kubernetes_sd_configs not found in type config.ScrapeConfig"' >&2
                  exit 2
                fi ;;
              esac
            done
            exec '{program.Path}' "$@"

            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program with { Path = script };
    }
}
