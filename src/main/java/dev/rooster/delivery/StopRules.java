package dev.rooster.delivery;

import dev.rooster.subscriber.MailboxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides from what is counted whether an edition has to stop, or only one mailbox provider in it. Pure.
 *
 * <p>The edition stops when too many addresses are dead, too many readers complain, or refusals because of us come from
 * everywhere; a provider alone when that is so there. When every provider has to stop, the edition does. At a named provider
 * five refusals because of us are enough at any count: they come from one system, which means it. {@code other} is many
 * systems, each with rules of its own; there they must also be a share of the answers.
 */
public final class StopRules {
    private final StopSettings settings;

    public StopRules(StopSettings settings) {
        this.settings = settings;
    }

    /**
     * @param all every provider of an edition that is being sent
     * @return what is to stop now; at most one stop of the edition, and then no other
     */
    public List<Stop> judge(List<ProviderTally> all) {
        List<ProviderTally> open = all.stream().filter(tally -> !tally.paused()).toList();
        ProviderTally sum = sum(open);
        Optional<PauseReason> whole = tooMany(sum, "").or(() -> refusedEverywhere(open, sum));
        if (whole.isPresent()) {
            return List.of(new Stop.OfEdition(whole.get()));
        }
        List<Stop> stops = new ArrayList<>();
        for (ProviderTally tally : open) {
            refusesUs(tally)
                    .or(() -> tooMany(tally, " (" + tally.provider() + ")"))
                    .ifPresent(reason -> stops.add(new Stop.OfProvider(tally.provider(), reason)));
        }
        boolean everyProvider = !stops.isEmpty() && stops.size() == open.size();
        return everyProvider ? List.of(new Stop.OfEdition(stops.get(0).reason())) : stops;
    }

    private Optional<PauseReason> tooMany(ProviderTally tally, String where) {
        if (tally.answered() >= settings.hardAfter()
                && tally.hard() * 100.0 > settings.hardPercent() * tally.answered()) {
            return reason(PauseReason.Kind.HARD_BOUNCES, tally.hard(), tally.answered(), where);
        }
        if (tally.complaints() >= settings.complaintsMin()
                && tally.complaints() * 100.0 > settings.complaintPercent() * tally.answered()) {
            return reason(PauseReason.Kind.COMPLAINTS, tally.complaints(), tally.answered(), where);
        }
        return Optional.empty();
    }

    private static Optional<PauseReason> reason(PauseReason.Kind kind, long found, long answered, String where) {
        String detail =
                String.format(Locale.ROOT, "%d / %d = %.2f %%%s", found, answered, percent(found, answered), where);
        return Optional.of(new PauseReason(kind, detail));
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 100 : part * 100.0 / whole;
    }

    private Optional<PauseReason> refusesUs(ProviderTally tally) {
        boolean named = !tally.provider().equals(MailboxProvider.OTHER.text());
        return tally.faults() >= settings.faultsMax() && (named || largeShare(tally))
                ? Optional.of(refused(tally))
                : Optional.empty();
    }

    private Optional<PauseReason> refusedEverywhere(List<ProviderTally> open, ProviderTally sum) {
        boolean several = open.stream().filter(tally -> tally.faults() > 0).count() > 1;
        return several && sum.faults() >= settings.faultsAllMin() && largeShare(sum)
                ? open.stream()
                        .filter(tally -> tally.words() != null)
                        .findFirst()
                        .map(StopRules::refused)
                : Optional.empty();
    }

    private boolean largeShare(ProviderTally tally) {
        return tally.faults() * 100.0 >= settings.faultsAllPercent() * (tally.answered() + tally.faults());
    }

    private static PauseReason refused(ProviderTally tally) {
        return new PauseReason(PauseReason.Kind.SENDER_REFUSED, tally.words() == null ? "-" : tally.words());
    }

    private static ProviderTally sum(List<ProviderTally> tallies) {
        return new ProviderTally(
                "",
                tallies.stream().mapToLong(ProviderTally::recipients).sum(),
                tallies.stream().mapToLong(ProviderTally::answered).sum(),
                tallies.stream().mapToLong(ProviderTally::hard).sum(),
                tallies.stream().mapToLong(ProviderTally::faults).sum(),
                tallies.stream().mapToLong(ProviderTally::complaints).sum(),
                null,
                null,
                null);
    }
}
