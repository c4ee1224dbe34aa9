using static Conformance.Language.Duration;

namespace Conformance.Language;

/// <summary>What the reader does again and again to bring a version to the cluster.</summary>
public static class Deliveries
{
    /// <summary>Creates the application, presses SYNC unless it syncs by itself, and sees it Synced and Healthy.</summary>
    public static async Task DeploysTheApplication(this Reader reader, bool automated = false)
    {
        await reader.CreatesTheApplication(automated);
        if (!automated)
        {
            await reader.Sees(reader.Application, Is.OutOfSync, within: Seconds(30));
            await reader.PressesSync();
        }

        await reader.Sees(reader.Application, Is.Synced.And(Is.HealthyApplication), within: Seconds(120));
    }

    /// <summary>Pushes a tag, presses REFRESH and SYNC.</summary>
    public static async Task Syncs(this Reader reader, string colour, string instead)
    {
        await reader.Pushes(colour, instead);
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.OutOfSync, within: Seconds(30));
        await reader.PressesSync();
    }
}
