package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.PauseReason.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopRulesTest {
    private static final String BLOCKED = "550 5.7.26 unauthenticated";
    private final StopRules rules = new StopRules(StopSettings.defaults());

    private static ProviderTally tally(String provider, long answered, long hard, long faults, long complaints) {
        return new ProviderTally(
                provider, 1000, answered, hard, faults, complaints, faults > 0 ? BLOCKED : null, null, null);
    }

    private static ProviderTally paused(ProviderTally t) {
        return new ProviderTally(
                t.provider(),
                t.recipients(),
                t.answered(),
                t.hard(),
                t.faults(),
                t.complaints(),
                t.words(),
                Instant.EPOCH,
                "why");
    }

    private List<Stop> judge(ProviderTally... tallies) {
        return rules.judge(List.of(tallies));
    }

    private static Stop.OfProvider provider(Stop stop) {
        assertThat(stop).isInstanceOf(Stop.OfProvider.class);
        return (Stop.OfProvider) stop;
    }

    @Test
    void aProviderThatRefusesUsStopsAtTheFifthRefusalWhateverItTook() {
        ProviderTally naver = tally("naver", 3000, 0, 0, 0);
        assertThat(judge(tally("gmail", 50_000, 0, 4, 0), naver)).isEmpty();
        List<Stop> stops = judge(tally("gmail", 50_000, 0, 5, 0), naver);
        assertThat(stops).singleElement().satisfies(stop -> {
            assertThat(provider(stop).provider()).isEqualTo("gmail");
            assertThat(stop.reason()).isEqualTo(new PauseReason(Kind.SENDER_REFUSED, BLOCKED));
        });
    }

    @Test
    void manySmallSystemsStopOnlyWhenAShareOfThemRefusesUs() {
        ProviderTally naver = tally("naver", 3000, 0, 0, 0);
        assertThat(judge(tally("other", 200, 0, 5, 0), naver)).isEmpty();
        assertThat(judge(tally("other", 95, 0, 5, 0), naver)).hasSize(1);
    }

    @Test
    void whenEveryProviderHasToStopTheEditionDoes() {
        assertThat(judge(tally("gmail", 0, 0, 5, 0), tally("naver", 10, 0, 5, 0)))
                .singleElement()
                .isInstanceOf(Stop.OfEdition.class);
        assertThat(judge(tally("gmail", 0, 0, 5, 0)))
                .as("its only one")
                .singleElement()
                .isInstanceOf(Stop.OfEdition.class);
        assertThat(judge(paused(tally("gmail", 0, 0, 5, 0)), tally("naver", 10, 0, 5, 0)))
                .as("the last one left")
                .singleElement()
                .isInstanceOf(Stop.OfEdition.class);
    }

    @Test
    void refusalsFromEverywhereStopTheEditionBeforeEveryProviderHasItsFive() {
        ProviderTally[] tallies = new ProviderTally[5];
        for (int i = 0; i < 5; i++) {
            tallies[i] = tally("provider" + i, 40, 0, 4, 0);
        }
        assertThat(judge(tallies)).singleElement().isInstanceOf(Stop.OfEdition.class);
        tallies[4] = tally("provider4", 4000, 0, 4, 0);
        assertThat(judge(tallies)).as("no twentieth of the answers").isEmpty();
    }

    @Test
    void moreThanThreePercentDeadAddressesStopTheEditionAfterTwoHundredAnswers() {
        assertThat(judge(tally("gmail", 100, 5, 0, 0), tally("naver", 99, 5, 0, 0)))
                .isEmpty();
        assertThat(judge(tally("gmail", 100, 3, 0, 0), tally("naver", 100, 3, 0, 0)))
                .isEmpty();
        assertThat(judge(tally("gmail", 100, 4, 0, 0), tally("naver", 100, 3, 0, 0)))
                .singleElement()
                .satisfies(stop -> {
                    assertThat(stop).isInstanceOf(Stop.OfEdition.class);
                    assertThat(stop.reason().line()).isEqualTo("hard-bounces: 7 / 200 = 3.50 %");
                });
    }

    @Test
    void deadAddressesAtOneProviderStopItAloneWhenTheEditionIsWell() {
        assertThat(judge(tally("gmail", 10_000, 0, 0, 0), tally("nate", 300, 10, 0, 0)))
                .singleElement()
                .satisfies(stop -> assertThat(provider(stop).provider()).isEqualTo("nate"));
    }

    @Test
    void threeComplaintsThatAreMoreThanOneInAThousandStop() {
        assertThat(judge(tally("gmail", 1000, 0, 0, 2))).isEmpty();
        assertThat(judge(tally("gmail", 3000, 0, 0, 3))).isEmpty();
        assertThat(judge(tally("gmail", 2999, 0, 0, 3)))
                .singleElement()
                .satisfies(stop -> assertThat(stop.reason().kind()).isEqualTo(Kind.COMPLAINTS));
        assertThat(judge(tally("gmail", 50_000, 0, 0, 0), tally("naver", 1000, 0, 0, 3)))
                .singleElement()
                .satisfies(stop -> assertThat(provider(stop).provider()).isEqualTo("naver"));
    }

    @Test
    void aPausedProviderStopsNothingMore() {
        assertThat(judge(paused(tally("gmail", 300, 100, 9, 9)), tally("naver", 1000, 0, 0, 0)))
                .isEmpty();
    }
}
