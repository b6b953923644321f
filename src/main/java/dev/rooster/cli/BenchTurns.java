package dev.rooster.cli;

import dev.rooster.sandbox.SendingFigures;
import dev.rooster.sandbox.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** Rounds in which Rooster and smtp-source sent in turns; only ratios within a round mean much. */
final class BenchTurns {
    private record Round(SendingFigures ours, SendingFigures theirs) {}

    private final List<Round> rounds = new ArrayList<>();

    void add(SendingFigures ours, SendingFigures theirs) {
        rounds.add(new Round(ours, theirs));
    }

    private Spread spread(ToDoubleBiFunction<SendingFigures, SendingFigures> value) {
        return Spread.of(rounds.stream()
                .map(round -> value.applyAsDouble(round.ours(), round.theirs()))
                .toList());
    }

    Map<String, Spread> values() {
        Map<String, Spread> values = new LinkedHashMap<>();
        values.put("roosterPerSecond", spread((ours, theirs) -> ours.perSecond()));
        values.put("smtpSourcePerSecond", spread((ours, theirs) -> theirs.perSecond()));
        values.put("rateRatio", spread((ours, theirs) -> ours.perSecond() / theirs.perSecond()));
        values.put("roosterMicros", spread((ours, theirs) -> ours.microsEach()));
        values.put("smtpSourceMicros", spread((ours, theirs) -> theirs.microsEach()));
        values.put("processorRatio", spread((ours, theirs) -> ours.microsEach() / theirs.microsEach()));
        return values;
    }

    Table table(Session session) {
        Map<String, Spread> values = values();
        Table table = new Table("", session.text("bench.rate"), session.text("bench.cpu"));
        table.row("rooster", text("%.0f", values.get("roosterPerSecond")), text("%.0f", values.get("roosterMicros")));
        table.row(
                "smtp-source",
                text("%.0f", values.get("smtpSourcePerSecond")),
                text("%.0f", values.get("smtpSourceMicros")));
        table.row(
                session.text("bench.ratio"),
                text("%.2f", values.get("rateRatio")),
                text("%.2f", values.get("processorRatio")));
        return table;
    }

    private static String text(String form, Spread spread) {
        return String.format(
                Locale.ROOT, form + " (" + form + "–" + form + ")", spread.median(), spread.least(), spread.greatest());
    }
}
