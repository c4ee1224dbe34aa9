namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>
/// Which mutating webhooks of one write are asked a second time: those with <c>reinvocationPolicy: IfNeeded</c> whose object was changed after
/// them. There is no third time (apiserver admission/plugin/webhook/mutating/reinvocationcontext.go).
/// </summary>
internal sealed class WebhookRound
{
    private readonly HashSet<Webhook> again = [];
    private readonly HashSet<Webhook> asked = [];
    private bool isSecond;

    /// <summary>Whether any webhook changed the object, so that the built-in plugins look at it again.</summary>
    public bool Changed { get; private set; }

    /// <summary>Whether the webhook is passed over in this round.</summary>
    public bool Passes(Webhook webhook) => isSecond && !again.Contains(webhook);

    public void Asked(Webhook webhook, bool changed)
    {
        if (changed)
        {
            Changed = true;
            ChangedSince();
        }
        if (webhook.IsReinvocable)
        {
            asked.Add(webhook);
        }
    }

    /// <summary>The object was changed after the webhooks that were asked so far.</summary>
    public void ChangedSince()
    {
        again.UnionWith(asked);
        asked.Clear();
    }

    public void BeginSecond() => isSecond = true;
}
