package dev.rooster.subscriber.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsletterRows;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.token.AddressHash;
import dev.rooster.token.KeyRing;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportSubscribersTest {
    private static final String LIST = """
            email,name,status,status since,consent date,consent source,회사,전화,formula,attribute:status
            kim@naver.com,김수탉,active,,2024-02-01T09:05:00.123456Z,홈페이지,"수탉, ""주식회사""\",+82-10-1234-5678,"=HYPERLINK(""x"")",gold
            lee@daum.net,,unsubscribed,2024-06-01T00:00:00Z,2024-01-01T00:00:00Z,,,'-1+1,'\t=1,
            park@gmail.com,박,bounced,2024-07-01T00:00:00Z,,,,,,
            choi@nate.com,,pending,,2024-08-01T00:00:00Z,,,,@SUM,
            jung@kakao.com,,complained,2024-09-01T00:00:00Z,,,,,,
            """;
    private final SettableClock clock = SettableClock.at("2026-11-24T07:00:00Z");
    private final Path folder = Databases.temporaryFolder();
    private final AddressHash hashes =
            KeyRing.create(folder.resolve("keys"), new SecureRandom()).addressHash();

    @ParameterizedTest
    @EnumSource
    void isReadBackByImportWithoutLoss(Databases.Kind kind) throws Exception {
        String first;
        String second;
        try (Database database = Databases.open(kind)) {
            NewsletterId weekly = NewsletterRows.insert(database, "weekly", 1);
            importText(database, weekly, LIST);
            first = export(database, weekly, null);
        }
        try (Database database = Databases.h2()) {
            NewsletterId weekly = NewsletterRows.insert(database, "weekly", 1);
            importText(database, weekly, first);
            second = export(database, weekly, null);
        }
        // the evidence says which file it came through; nothing else differs
        assertThat(second.replaceAll("list.csv:\\d; (?=list)|; no date in the file", ""))
                .isEqualTo(first.replace("; no date in the file", ""));
    }

    @ParameterizedTest
    @EnumSource
    void isHarmlessInASpreadsheet(Databases.Kind kind) throws Exception {
        try (Database database = Databases.open(kind)) {
            NewsletterId weekly = NewsletterRows.insert(database, "weekly", 1);
            importText(database, weekly, LIST);
            String exported = export(database, weekly, null);
            assertThat(exported)
                    .contains(
                            "\"'=HYPERLINK(\"\"x\"\")\"",
                            "'+82-10-1234-5678",
                            "'-1+1",
                            "'\t=1",
                            "'@SUM",
                            "\"수탉, \"\"주식회사\"\"\"")
                    .startsWith(
                            "email,name,language,status,status_since,consent_date,consent_source,formula,attribute:status,전화,회사\r\n");
            assertThat(export(database, weekly, SubscriptionState.BOUNCED).lines())
                    .hasSize(2);
        }
    }

    private void importText(Database database, NewsletterId newsletter, String text) throws Exception {
        Path file = Files.writeString(folder.resolve("list.csv"), text);
        ImportSummary summary = new ImportSubscribers(database, hashes, new RefusalLog(folder), clock)
                .run(
                        file,
                        newsletter,
                        new ImportOptions(Wanted.ACTIVE, ZoneOffset.UTC, false),
                        Messages.of(ImportSubscribers.class, Language.KO),
                        (rows, total) -> {});
        assertThat(summary.rejected()).isZero();
    }

    private static String export(Database database, NewsletterId newsletter, SubscriptionState state) throws Exception {
        StringWriter out = new StringWriter();
        new ExportSubscribers(database).run(newsletter, state, out, (rows, total) -> {});
        return out.toString();
    }
}
