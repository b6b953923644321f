package dev.rooster.config;

import dev.rooster.outbound.RehearsalSettings;

/** The part {@code rehearsal:}. */
final class OutboundSections {
    private OutboundSections() {}

    static RehearsalSettings rehearsal(Section section) {
        try (section) {
            RehearsalSettings defaults = RehearsalSettings.defaults();
            return new RehearsalSettings(
                    section.flag("links", defaults.links()),
                    section.flag("private-addresses", defaults.privateAddresses()));
        }
    }
}
