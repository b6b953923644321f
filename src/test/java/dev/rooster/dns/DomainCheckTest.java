package dev.rooster.dns;

import static dev.rooster.dns.DnsLookup.Type.ADDRESS;
import static dev.rooster.dns.DnsLookup.Type.MX;
import static dev.rooster.dns.DnsLookup.Type.TXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.dns.DnsFinding.Severity;
import dev.rooster.language.Language;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.DkimKeys;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainCheckTest {
    private static final DkimKey KEY = new DkimKey("news.kr", "rooster", DkimKeys.generate(new SecureRandom()));
    private static final String RECORD = DkimKeys.dnsRecord(KEY.key());

    private final MapLookup dns = new MapLookup()
            .with(MX, "b.news.kr", "mx.news.kr")
            .with(TXT, "b.news.kr", "some-verification=1", "v=spf1 include:relay.net -all")
            .with(TXT, "relay.net", "v=spf1 ip4:192.0.2.0/24 -all")
            .with(TXT, "rooster._domainkey.news.kr", RECORD)
            .with(TXT, "_dmarc.news.kr", "v=DMARC1; p=none");

    @Test
    void aWellKeptDomainHasNothingToMend() {
        assertThat(check()).hasSize(4).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.GOOD);
            assertThat(finding.hint()).isNull();
        });
    }

    @Test
    void aMissingSpfRecordIsAWarning() {
        dns.with(TXT, "b.news.kr", "v=spf10 no spf", "other");
        assertThat(only(Severity.WARNING))
                .containsExactly("There is no SPF record for b.news.kr, the domain of the envelope sender.");
    }

    @Test
    void twoSpfRecordsAreNone() {
        dns.with(TXT, "b.news.kr", "v=spf1 a -all", "V=SPF1 mx -all");
        assertThat(only(Severity.FAILED)).singleElement().asString().startsWith("There are 2 SPF records");
    }

    @Test
    void spfThatLetsEverybodyOrNobodySendIsTold() {
        dns.with(TXT, "b.news.kr", "v=spf1 mx all");
        assertThat(only(Severity.WARNING)).singleElement().asString().contains("lets everybody send");
        dns.with(TXT, "b.news.kr", "v=spf1 -all");
        assertThat(only(Severity.FAILED)).singleElement().asString().contains("lets nobody send");
    }

    @Test
    void lookupsOfIncludedRecordsAreCountedAndLoopsEnd() {
        dns.with(TXT, "b.news.kr", "v=spf1 a mx ptr exists:%{i}.x include:one.net -all")
                .with(TXT, "one.net", "v=spf1 a mx include:two.net include:one.net -all")
                .with(TXT, "two.net", "v=spf1 ip4:192.0.2.1 -all");
        assertThat(only(Severity.FAILED)).isEmpty(); // 5 + 4 = 9
        dns.with(TXT, "two.net", "v=spf1 a mx -all");
        assertThat(only(Severity.FAILED)).singleElement().asString().contains("more than 10 lookups");
    }

    @Test
    void aMissingDkimRecordIsPrintedToBePublished() {
        dns.with(TXT, "rooster._domainkey.news.kr", "v=DKIM1; k=rsa; p=");
        assertThat(only(Severity.FAILED)).singleElement().asString().contains("revoked");
        DnsFinding missing = DomainCheck.sender(new MapLookup(), Language.EN, "news.kr", "b.news.kr", KEY).stream()
                .filter(finding -> finding.what().startsWith("DKIM"))
                .findFirst()
                .orElseThrow();
        assertThat(missing.severity()).isEqualTo(Severity.FAILED);
        assertThat(missing.hint()).isEqualTo("Publish at rooster._domainkey.news.kr the TXT record: " + RECORD);
    }

    @Test
    void anotherKeyThanOursIsToldEvenIfItDiffersInOneLetter() {
        dns.with(TXT, "rooster._domainkey.news.kr", RECORD.replace("p=MIIB", "p=MIIC"));
        assertThat(only(Severity.FAILED)).singleElement().asString().contains("another key");
        dns.with(TXT, "rooster._domainkey.news.kr", RECORD.replace("p=MIIB", "p=MI IB")); // spaces are allowed
        assertThat(only(Severity.FAILED)).isEmpty();
        dns.with(TXT, "rooster._domainkey.news.kr", "t=y; " + RECORD);
        assertThat(only(Severity.WARNING)).singleElement().asString().contains("only a test");
    }

    @Test
    void dmarcIsFoundAtADomainAbove() {
        List<DnsFinding> findings = DomainCheck.sender(dns, Language.EN, "letters.news.kr", "b.news.kr", KEY);
        assertThat(findings).anySatisfy(finding -> assertThat(finding.what()).isEqualTo("DMARC of news.kr: p=none"));
        dns.with(TXT, "_dmarc.news.kr", "v=DMARC1; p=maybe");
        assertThat(only(Severity.FAILED)).singleElement().asString().contains("no valid policy");
    }

    @Test
    void aSenderThatNeitherSpfNorDkimSpeaksForIsTold() {
        dns.with(MX, "other.net", "mx.other.net").with(TXT, "other.net", "v=spf1 mx -all");
        assertThat(DomainCheck.sender(dns, Language.EN, "news.kr", "other.net", null))
                .extracting(DnsFinding::what)
                .anySatisfy(what -> assertThat(what).startsWith("Neither SPF nor DKIM of ours speaks for news.kr"))
                .anySatisfy(what -> assertThat(what).startsWith("Rooster does not sign"));
    }

    @Test
    void bouncesNeedAWayBack() {
        dns.with(MX, "b.news.kr", ".");
        assertThat(only(Severity.FAILED)).singleElement().asString().contains("null MX");
        MapLookup addressOnly = new MapLookup().with(ADDRESS, "b.news.kr", "192.0.2.1");
        assertThat(DomainCheck.sender(addressOnly, Language.EN, "news.kr", "b.news.kr", null)
                        .get(0)
                        .severity())
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void silenceOfTheDnsIsNeverTakenForAMissingRecord() {
        MapLookup silent = new MapLookup()
                .silent("b.news.kr")
                .silent("rooster._domainkey.news.kr")
                .silent("_dmarc.news.kr")
                .silent("news.kr");
        assertThat(DomainCheck.sender(silent, Language.EN, "news.kr", "b.news.kr", KEY))
                .hasSize(4)
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.what()).contains("did not answer", "timed out");
                });
        assertThat(DomainCheck.site(silent, Language.EN, "news.kr"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void aSiteNobodyCanFindIsBroken() {
        assertThat(DomainCheck.site(dns, Language.KO, "www.news.kr"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.FAILED));
        dns.with(ADDRESS, "www.news.kr", "192.0.2.1");
        assertThat(DomainCheck.site(dns, Language.KO, "www.news.kr").get(0).what())
                .endsWith("192.0.2.1");
    }

    private List<DnsFinding> check() {
        return DomainCheck.sender(dns, Language.EN, "news.kr", "b.news.kr", KEY);
    }

    private List<String> only(Severity severity) {
        return check().stream()
                .filter(finding -> finding.severity() == severity)
                .map(DnsFinding::what)
                .toList();
    }
}
