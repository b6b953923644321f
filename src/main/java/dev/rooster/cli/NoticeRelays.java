package dev.rooster.cli;

import dev.rooster.config.Settings;
import dev.rooster.delivery.RelayUse;
import dev.rooster.delivery.RelayUse.Role;
import dev.rooster.notice.NoticeKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which relays may carry a notice, in the order to try them. Pure. */
final class NoticeRelays {
    private NoticeRelays() {}

    /**
     * Names of relays, at least one.
     *
     * <p>A copy of an issue takes its readers' way, which is part of what it proves; with that shut it takes one for test copies. What
     * readers get goes only by relays for notices: they may belong to another sender, and be known for confirmations alone. What
     * operators get goes by any relay rather than by none, an alarm first by the one that the settings name for alarms.
     *
     * @param newsletter the name of whose notice it is
     */
    static List<String> of(NoticeKind kind, Settings settings, String newsletter) {
        Map<String, RelayUse> relays = settings.traffic().relays();
        Set<String> order = new LinkedHashSet<>();
        if (kind.isCopy()) {
            order.addAll(settings.traffic().newsletters().get(newsletter).relays());
            order.addAll(RelayUse.carrying(Role.TEST, relays));
            return List.copyOf(order);
        }
        if (kind == NoticeKind.ALARM && settings.alarms().relay() != null) {
            order.add(settings.alarms().relay());
        }
        order.add(settings.notices().relay());
        order.addAll(RelayUse.carrying(Role.NOTICES, relays));
        if (!kind.forReaders()) {
            order.addAll(RelayUse.carrying(Role.TEST, relays));
            order.addAll(RelayUse.carrying(Role.BULK, relays));
        }
        return List.copyOf(order);
    }
}
