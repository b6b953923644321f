package dev.rooster.delivery;

import dev.rooster.mail.CopyIdentity;
import dev.rooster.mail.MergeValues;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.MessagePlan;
import dev.rooster.mail.PartSizes;
import dev.rooster.mail.Skeleton;

/** One copy of an issue that {@link SampleCopies} made, in all the forms one may want to look at. Immutable, thread-safe. */
public final class SampleCopy {
    private final String subject;
    private final Skeleton html;
    private final Skeleton text;
    private final MessagePlan plan;
    private final MergeValues values;
    private final CopyIdentity identity;

    SampleCopy(
            String subject, Skeleton html, Skeleton text, MessagePlan plan, MergeValues values, CopyIdentity identity) {
        this.subject = subject;
        this.html = html;
        this.text = text;
        this.plan = plan;
        this.values = values;
        this.identity = identity;
    }

    public String subject() {
        return subject;
    }

    /** The HTML part for this reader, lines end with LF. */
    public String html() {
        return html.merge(values);
    }

    /** The text part for this reader, lines end with LF. */
    public String text() {
        return text.merge(values);
    }

    /** How long the parts are in the mail, transfer-encoded. */
    public PartSizes sizes() {
        return plan.sizes(values);
    }

    /** Writes the complete message, as a relay would get it but for dot-stuffing, in place of what the buffer held. */
    public void write(MessageBuffer out) {
        plan.write(values, identity, out);
    }
}
