package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrillPlanTest {
    private static final DrillPlan PLAN = new DrillPlan(20_000, 20, 2, 8, 5, "jdbc:postgresql://localhost/x");

    @Test
    void theSameSeedDrawsTheSameKills() {
        assertThat(PLAN.drawKills()).hasSize(20).isEqualTo(PLAN.drawKills());
        DrillPlan other = new DrillPlan(20_000, 20, 2, 8, 6, "jdbc:postgresql://localhost/x");
        assertThat(other.drawKills()).isNotEqualTo(PLAN.drawKills());
    }

    @Test
    void killsComeInOrderBeforeTheEndAndSomeAtTheStart() {
        List<DrillPlan.Kill> kills = PLAN.drawKills();
        assertThat(kills).filteredOn(kill -> kill.atCopies() < 0).hasSize(4);
        assertThat(kills.stream().map(DrillPlan.Kill::atCopies).filter(copies -> copies >= 0))
                .isSorted()
                .allSatisfy(copies -> assertThat(copies).isLessThanOrEqualTo(18_000));
        assertThat(kills).extracting(DrillPlan.Kill::node).containsOnly(0, 1);
    }

    @Test
    void theDatabaseIsCutOnceAndOnlyWhereItIsAServer() {
        assertThat(PLAN.drawKills()).filteredOn(DrillPlan.Kill::databaseToo).hasSize(1);
        DrillPlan embedded = new DrillPlan(100, 20, 1, 8, 5, null);
        assertThat(embedded.drawKills()).noneMatch(DrillPlan.Kill::databaseToo);
    }

    @Test
    void aKillExplainsADuplicateForEachConnectionAndACutForEachOfAllNodes() {
        assertThat(PLAN.duplicatesMax(20, 1)).isEqualTo(20 * 8 + 2 * 8);
    }
}
