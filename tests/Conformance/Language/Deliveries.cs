using static Conformance.Language.Duration;

namespace Conformance.Language;

/// <summary>What the reader does again and again to bring a version to the cluster.</summary>
public static class Deliveries
{
    /// <summary>Pushes a tag, presses REFRESH and SYNC.</summary>
    public static async Task Syncs(this Reader reader, string colour, string instead)
    {
        await reader.Pushes(colour, instead);
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.OutOfSync, within: Seconds(30));
        await reader.PressesSync();
    }
}
