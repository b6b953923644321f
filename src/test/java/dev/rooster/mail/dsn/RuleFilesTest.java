package dev.rooster.mail.dsn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.mail.dsn.LayoutRules.Role;
import dev.rooster.mail.dsn.NoticeRules.Place;
import dev.rooster.mail.dsn.NoticeRules.Sign;
import dev.rooster.mail.dsn.NoticeRules.Weights;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule has a reason and a sample it matches. (The refusal rules' samples: {@link DiagnosticClassifierTest}.) */
class RuleFilesTest {
    private final List<Rule> notices = RuleFile.load("rules-notice.txt", NoticeRules.KEYS);
    private final List<Rule> layouts = RuleFile.load("rules-layout.txt", LayoutRules.KEYS);

    @TestFactory
    Stream<DynamicTest> eachRuleHasAReasonAndASample() {
        return Stream.concat(notices.stream(), layouts.stream())
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
                    assertThat(rule.one("why")).isNotBlank();
                    assertThat(rule.all("sample")).isNotEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachNoticeRuleMatchesItsSamples() {
        return notices.stream()
                .flatMap(rule -> rule.all("sample").stream()
                        .map(sample -> DynamicTest.dynamicTest(rule.id() + ": " + sample, () -> {
                            NoticeRules alone = new NoticeRules(List.of(rule));
                            Place place = Place.valueOf(rule.one("in").toUpperCase(Locale.ROOT));
                            Weights weights = alone.weigh(
                                    place == Place.FROM ? sample : "",
                                    place == Place.SUBJECT ? sample : "",
                                    place == Place.TEXT ? sample : "");

                            assertThat(weights.of(Sign.valueOf(rule.one("kind").toUpperCase(Locale.ROOT))))
                                    .isEqualTo(Integer.parseInt(rule.one("weight")));
                        })));
    }

    @TestFactory
    Stream<DynamicTest> eachLayoutRuleMatchesItsSamples() {
        return layouts.stream()
                .flatMap(rule -> rule.all("sample").stream()
                        .map(sample -> DynamicTest.dynamicTest(rule.id() + ": " + sample, () -> {
                            Role role = Role.valueOf(rule.one("role").toUpperCase(Locale.ROOT));
                            LayoutRules all = LayoutRules.STANDARD;
                            if (role == Role.ORIGINAL) {
                                assertThat(all.announcesOriginal(sample)).isTrue();
                            } else if (role == Role.QUOTE) {
                                assertThat(all.quoted(sample)).isNotNull();
                            } else {
                                int address = AddressScanner.scan(sample).get(0).from();
                                assertThat(all.roleAfter(sample.substring(0, address)))
                                        .isEqualTo(role);
                            }
                        })));
    }

    @Test
    void aMistakeInARuleFileIsToldWithItsLine() {
        BufferedReader bad = new BufferedReader(new StringReader("[a]\nwhy: x\nphrases: y\n"));

        assertThatThrownBy(() -> RuleFile.read("rules.txt", bad, Set.of("why", "phrase")))
                .hasMessageContaining("rules.txt:3")
                .hasMessageContaining("phrases: y");
    }

    @Test
    void twoRulesOfOneNameAreRefused() {
        BufferedReader bad = new BufferedReader(new StringReader("[a]\nwhy: x\n[a]\nwhy: y\n"));

        assertThatThrownBy(() -> RuleFile.read("rules.txt", bad, Set.of("why"))).hasMessageContaining("rules.txt:3");
    }
}
