package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuickParseTest {
    @Test
    void aKnownCommandIsFoundWithItsOptions() {
        assertThat(QuickParse.tryParse(List.of("issue", "list", "--json"))).isInstanceOf(IssueListCommand.class);
        assertThat(QuickParse.tryParse(List.of("serve"))).isInstanceOf(ServeCommand.class);
        assertThat(QuickParse.tryParse(List.of("issue", "queue", "1", "--slot", "2026-12-02")))
                .isInstanceOf(IssueQueueCommand.class);
    }

    @Test
    void questionsMistakesAndGroupsAreLeftToTheWholeTree() {
        assertThat(QuickParse.tryParse(List.of())).isNull();
        assertThat(QuickParse.tryParse(List.of("issue"))).isNull();
        assertThat(QuickParse.tryParse(List.of("issue", "lst"))).isNull();
        assertThat(QuickParse.tryParse(List.of("issue", "list", "--help"))).isNull();
        assertThat(QuickParse.tryParse(List.of("issue", "show"))).isNull();
        assertThat(QuickParse.tryParse(List.of("issue", "list", "--no-such-option")))
                .isNull();
    }
}
