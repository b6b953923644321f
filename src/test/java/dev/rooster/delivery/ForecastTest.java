package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.Forecast.Allowance;
import dev.rooster.delivery.Forecast.ByProvider;
import dev.rooster.delivery.Forecast.Carrier;
import dev.rooster.delivery.Forecast.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant SEVEN = Instant.parse("2026-12-01T22:00:00Z");

    /** What a forecast is made of; all readers, no pace, one relay of 100 a second, no rates, three days. */
    private static final class Case {
        private final Map<String, Forecast.Mails> mails = new TreeMap<>();
        private final List<Carrier> carriers = new ArrayList<>();
        private final Map<String, Allowance> providers = new HashMap<>();
        private Allowance sender = Allowance.NONE;
        private Forecast.Release release = new Forecast.Release(Pace.NONE, SEVEN, Duration.ZERO, canary(1));
        private QuietHours quiet;
        private Duration expiry = Duration.ofDays(3);

        static CanarySettings canary(int min) {
            return new CanarySettings(1, min, Duration.ofSeconds(30), Duration.ofMinutes(2));
        }

        Case mails(String provider, long all) {
            mails.put(provider, new Forecast.Mails(all, all));
            return this;
        }

        Case relay(double perSecond, int weight, int failover, String... limits) {
            carriers.add(new Carrier("relay" + carriers.size(), perSecond, weight, failover, allowance(limits)));
            return this;
        }

        Case relay(double perSecond) {
            return relay(perSecond, 1, 0);
        }

        Case provider(String name, String... limits) {
            providers.put(name, allowance(limits));
            return this;
        }

        Case sender(Allowance its) {
            sender = its;
            return this;
        }

        /** As at a slot, with a canary. */
        Case pace(Duration length, int canary) {
            long all = mails.values().stream().mapToLong(Forecast.Mails::all).sum();
            release = new Forecast.Release(
                    new Pace(all, canary(canary).size(all), null, null), SEVEN, length, canary(canary));
            return this;
        }

        Case quiet(String hours) {
            quiet = QuietHours.of(hours);
            return this;
        }

        Case expiry(Duration length) {
            expiry = length;
            return this;
        }

        Forecast forecast() {
            return Forecast.of(new Forecast.Known(
                    SEVEN,
                    mails,
                    release,
                    carriers.isEmpty() ? List.of(new Carrier("only", 100, 1, 0, Allowance.NONE)) : carriers,
                    sender,
                    providers,
                    at -> quiet == null ? null : quiet.end(at, ZoneId.of("Asia/Seoul")),
                    SEVEN.plus(expiry)));
        }

        double seconds() {
            return seconds(forecast().last());
        }

        static double seconds(Instant at) {
            return Duration.between(SEVEN, at).toMillis() / 1000.0;
        }
    }

    private static Allowance allowance(String... limits) {
        return new Allowance(List.of(limits).stream().map(RateLimit::of).toList(), null, Map.of());
    }

    private static Case of(String provider, long mails) {
        return new Case().mails(provider, mails);
    }

    private static ByProvider its(Forecast forecast, String provider) {
        return forecast.providers().stream()
                .filter(found -> found.provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    /** A stretch of the reckoning is 0.02 s or a thousandth of what has passed. */
    private static void assertLast(ByProvider provider, double seconds, Limit limit) {
        assertThat(Case.seconds(provider.last())).isBetween(seconds - 0.05, seconds * 1.002 + 0.05);
        assertThat(provider.limit()).isEqualTo(limit);
        assertThat(provider.late()).isZero();
    }

    @Test
    void nobodyIsReadyAtOnce() {
        assertThat(new Case().forecast().last()).isEqualTo(SEVEN);
        assertThat(of("naver", 0).forecast().providers()).isEmpty();
    }

    @Test
    void providersAdvanceTogetherInTheEditionsOrder() {
        Forecast forecast = of("gmail", 100).mails("naver", 300).forecast();
        assertLast(its(forecast, "gmail"), 4, Limit.RELAY);
        assertLast(its(forecast, "naver"), 4, Limit.RELAY);
    }

    @Test
    void aSlowProviderHoldsUpNobodyAndLeavesTheRelayToTheOthers() {
        Forecast forecast =
                of("gmail", 100).mails("naver", 900).provider("gmail", "1/s").forecast();
        assertLast(its(forecast, "gmail"), 100, Limit.PROVIDER);
        assertLast(its(forecast, "naver"), 900 / 99.0, Limit.RELAY);
        assertThat(forecast.providers().get(0).provider()).isEqualTo("gmail");
    }

    @Test
    void thePaceIsKeptByAllAndByThoseWhoAreSlowerAnyway() {
        Forecast forecast = of("gmail", 6_000)
                .mails("daum", 1_200)
                .provider("daum", "1/s")
                .pace(Duration.ofMinutes(10), 1)
                .forecast();
        assertLast(its(forecast, "gmail"), 600, Limit.PACE);
        assertLast(its(forecast, "daum"), 1_230, Limit.PROVIDER); // idle while the canary is looked at
    }

    @Test
    void aPaceTheRelayCantKeepIsNotPromised() {
        Forecast forecast =
                of("gmail", 10_000).relay(10).pace(Duration.ofMinutes(1), 1).forecast();
        // the canary of 1 % takes 10 s and its check 30 s; half the pace is left for the rest
        assertLast(its(forecast, "gmail"), 40 + 990, Limit.RELAY);
    }

    @Test
    void anIssueThatIsAllCanaryWaitsForNoPace() {
        assertLast(its(of("gmail", 200).pace(Duration.ofMinutes(10), 200).forecast(), "gmail"), 2, Limit.RELAY);
    }

    @Test
    void theCanarysStragglersAreNotWaitedForForEver() {
        Forecast forecast = of("gmail", 10_000)
                .mails("daum", 10_000)
                .provider("daum", "1/m")
                .pace(Duration.ofMinutes(10), 1)
                .forecast();
        assertLast(its(forecast, "gmail"), 600, Limit.PACE);
    }

    @Test
    void whatIsCountedByTheHourWaitsUntilItsSlotHasLeftTheWindow() {
        assertLast(its(of("naver", 1_000).provider("naver", "1000/h").forecast(), "naver"), 10, Limit.RELAY);
        // slots of five minutes: what went at 07:00 counts until 08:05
        assertLast(
                its(of("naver", 2_500).provider("naver", "1000/h").forecast(), "naver"), 2 * 3_900 + 5, Limit.PROVIDER);
    }

    @Test
    void whatWasUsedBeforeIsReckonedWith() {
        Map<RateLimit.Period, Map<Instant, Long>> used =
                Map.of(RateLimit.Period.HOUR, Map.of(SEVEN.minusSeconds(1_800), 900L));
        Case half = of("naver", 200);
        half.providers.put("naver", new Allowance(List.of(RateLimit.of("1000/h")), null, used));
        assertLast(its(half.forecast(), "naver"), 3_900 - 1_800 + 1, Limit.PROVIDER);
    }

    @Test
    void theNewslettersRateHoldsForAll() {
        Forecast forecast = of("gmail", 100)
                .mails("naver", 100)
                .relay(1_000)
                .sender(allowance("10/s"))
                .forecast();
        assertLast(its(forecast, "naver"), 20, Limit.NEWSLETTER);
    }

    @Test
    void relaysOfOneOrderAddUpByTheirWeights() {
        assertThat(of("gmail", 10_000).relay(50).relay(50).seconds()).isBetween(99.9, 100.2);
        // a tenth of the mails for one that is as fast: nine tenths go through the other
        assertThat(of("gmail", 10_000).relay(50, 9, 0).relay(50, 1, 0).seconds())
                .isBetween(179.9, 180.3);
        // a slow one with half the weight slows the other, as the dispatcher does
        assertThat(of("gmail", 10_000).relay(50).relay(5).seconds()).isBetween(999.0, 1_001.0);
    }

    @Test
    void aRelayAtItsOwnRateIsNotWaitedFor() {
        Forecast forecast =
                of("gmail", 10_000).relay(50).relay(50, 1, 0, "10/s").forecast();
        assertLast(its(forecast, "gmail"), 10_000 / 60.0, Limit.RELAY_RATE);
    }

    @Test
    void aFailoverRelayIsNoRelayWhileTheOthersLive() {
        assertThat(of("gmail", 1_000).relay(10).relay(1_000, 1, 1).seconds()).isBetween(99.9, 100.2);
    }

    @Test
    void aWarmUpGrowsFromDayToDay() {
        Allowance warming = new Allowance(List.of(), new WarmUp(LocalDate.parse("2026-12-01"), 1_000, 2), Map.of());
        // 22:00 UTC: 1,000 today, 2,000 in all from midnight on
        Forecast forecast = of("gmail", 1_900).sender(warming).forecast();
        assertLast(its(forecast, "gmail"), 2 * 3_600 + 9, Limit.WARM_UP);
    }

    @Test
    void nothingLeavesInQuietHours() {
        // 07:00 in Seoul; from 08:00 to 10:00 it is quiet
        Forecast forecast = of("gmail", 4_000).relay(1).quiet("08:00-10:00").forecast();
        assertLast(its(forecast, "gmail"), 4_000 + 2 * 3_600, Limit.QUIET_HOURS);
    }

    @Test
    void whatDoesNotLeaveBeforeTheIssueExpiresIsTold() {
        Forecast forecast = of("gmail", 1_000)
                .mails("naver", 10_000)
                .provider("naver", "1/s")
                .expiry(Duration.ofHours(1))
                .forecast();
        assertThat(its(forecast, "naver").late()).isBetween(6_395L, 6_401L);
        assertThat(its(forecast, "naver").last()).isEqualTo(forecast.expires());
        assertThat(its(forecast, "gmail").late()).isZero();
        assertThat(forecast.late()).isEqualTo(its(forecast, "naver").late());
    }

    @Test
    void whatIsLeftOfAnEditionThatIsBeingSentGoesOn() {
        Case half = new Case();
        half.mails.put("gmail", new Forecast.Mails(1_000, 500));
        half.mails.put("naver", new Forecast.Mails(1_000, 1_000));
        half.provider("naver", "50/s");
        assertLast(its(half.forecast(), "naver"), 20, Limit.PROVIDER);
        assertLast(its(half.forecast(), "gmail"), 10, Limit.RELAY);
    }

    private static Case any(Random random) {
        Case any = new Case();
        for (int i = 0; i <= random.nextInt(4); i++) {
            any.mails("p" + i, 1 + random.nextInt(50_000));
            if (random.nextBoolean()) {
                any.provider("p" + i, (1 + random.nextInt(300)) + "/s");
            }
        }
        any.relay(1 + random.nextInt(500));
        if (random.nextBoolean()) {
            any.sender(allowance((1 + random.nextInt(500)) + "/s"));
        }
        if (random.nextBoolean()) {
            any.pace(Duration.ofSeconds(1 + random.nextInt(3_600)), 1 + random.nextInt(500));
        }
        return any;
    }

    /** Nothing is ready sooner than any of its limits allows, and all of it no later than the slowest of them needs. */
    @Test
    void noForecastBeatsItsLimitsOrWastesThem() {
        Random random = new Random(4);
        for (int round = 0; round < 60; round++) {
            Case any = any(random);
            Forecast forecast = any.forecast();
            double together = Math.min(any.carriers.get(0).perSecond(), rate(any.sender));
            double all =
                    any.mails.values().stream().mapToLong(Forecast.Mails::all).sum();
            double slowest = all / together;
            for (ByProvider provider : forecast.providers()) {
                double own = provider.mails() / rate(any.providers.getOrDefault(provider.provider(), Allowance.NONE));
                slowest = Math.max(slowest, own);
                if (provider.late() == 0) {
                    assertThat(Case.seconds(provider.last()))
                            .isGreaterThan(Math.max(own, provider.mails() / together) - 0.01);
                }
            }
            double last = Case.seconds(forecast.last());
            if (forecast.late() == 0) {
                double pace = any.release.length().toSeconds();
                assertThat(last).isGreaterThan(all / together - 0.01);
                // a canary of stragglers and its check, a pace of which half may come after it, then what the limits
                // held back
                double waits = pace == 0 ? 0 : 150 + 1.5 * pace;
                assertThat(last).isLessThan(1.01 * (slowest + waits) + 0.1);
            }
        }
    }

    private static double rate(Allowance allowance) {
        return allowance.limits().isEmpty()
                ? Double.POSITIVE_INFINITY
                : allowance.limits().get(0).messages();
    }

    /** Without a pace: whatever is raised, the last mail is handed over no later. */
    @Test
    void moreRateIsNeverLater() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            long seed = random.nextLong();
            Case slow = unpaced(seed);
            Case fast = unpaced(seed);
            switch (random.nextInt(3)) {
                case 0 ->
                    fast.carriers.set(0, new Carrier("x", slow.carriers.get(0).perSecond() * 2, 1, 0, Allowance.NONE));
                case 1 -> fast.sender(Allowance.NONE);
                default ->
                    slow.providers.forEach((provider, its) ->
                            fast.provider(provider, 1 + its.limits().get(0).messages() + random.nextInt(200) + "/s"));
            }
            Forecast later = slow.forecast();
            Forecast sooner = fast.forecast();
            assertThat(Case.seconds(sooner.last())).isLessThanOrEqualTo(Case.seconds(later.last()) * 1.002 + 0.05);
            assertThat(sooner.late()).isLessThanOrEqualTo(later.late() + 1);
        }
    }

    private static Case unpaced(long seed) {
        Case any = any(new Random(seed));
        any.release = new Forecast.Release(Pace.NONE, SEVEN, Duration.ZERO, Case.canary(1));
        return any;
    }

    @Test
    void aForecastOverDaysIsMadeInAMoment() {
        long before = System.nanoTime();
        Case big = new Case().sender(allowance("5000/h", "100000/d")).expiry(Duration.ofDays(3));
        for (int i = 0; i < 9; i++) {
            big.mails("p" + i, 1_000_000).provider("p" + i, "100/s", "20000/h");
        }
        assertThat(big.forecast().late()).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
}
