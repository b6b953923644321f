package dev.rooster.delivery;

import dev.rooster.mail.MergeValues;
import dev.rooster.subscriber.Attributes;
import java.util.HashMap;
import java.util.Map;

/** The merge values of one recipient's copy, each made once when it is first asked for. For one thread. */
final class CopyValues implements MergeValues {
    private static final String ATTRIBUTE = "subscriber.";

    private final PublicLinks links;
    private final long newsletter;
    private final long edition;
    private final Recipient recipient;
    private final Map<String, String> made = new HashMap<>();
    private Map<String, String> attributes;

    CopyValues(PublicLinks links, long newsletter, long edition, Recipient recipient) {
        this.links = links;
        this.newsletter = newsletter;
        this.edition = edition;
        this.recipient = recipient;
    }

    @Override
    public String get(String field) {
        return made.computeIfAbsent(field, this::make);
    }

    private String make(String field) {
        long person = recipient.publicId();
        return switch (field) {
            case "subscriber.name" -> recipient.name();
            case "subscriber.email" -> recipient.address().text();
            case "subscriber.language" -> recipient.language();
            case "link.unsubscribe" -> links.unsubscribe(newsletter, edition, person);
            case "link.preferences" -> links.preferences(newsletter, edition, person);
            case "link.feedback.good" -> links.feedback(newsletter, edition, person, "good");
            case "link.feedback.soso" -> links.feedback(newsletter, edition, person, "soso");
            case "link.feedback.bad" -> links.feedback(newsletter, edition, person, "bad");
            default -> field.startsWith(ATTRIBUTE) ? attribute(field.substring(ATTRIBUTE.length())) : null;
        };
    }

    private String attribute(String name) {
        if (attributes == null) {
            attributes = Attributes.of(recipient.attributes());
        }
        return attributes.get(name);
    }
}
