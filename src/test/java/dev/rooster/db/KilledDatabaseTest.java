package dev.rooster.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed after a commit was acknowledged leaves the file as it is at that moment: so a copy of it, taken while
 * nothing is written, is what the next start finds.
 */
class KilledDatabaseTest {
    private static final int COMMITS = 300;
    private static final int COMMITS_PER_COPY = 5;
    private static final int ROWS = 300;

    @TempDir
    Path folder;

    @Test
    void theEmbeddedDatabaseIsFoundAsItsLastAcknowledgedCommitLeftIt() throws IOException, SQLException {
        SplittableRandom random = new SplittableRandom(7);
        // pages are written over at once, as old ones are in a file that has lived for a while
        try (Connection connection = connect("jdbc:h2:retry:" + folder.resolve("file") + ";RETENTION_TIME=1");
                Statement statement = connection.createStatement()) {
            statement.execute("create table row_of (id int primary key, number int, filling varchar)");
            statement.execute(
                    "insert into row_of select x - 1, 0, repeat('x', 200) from system_range(1, " + ROWS + ")");
            connection.setAutoCommit(false);
            for (int commit = 1; commit <= COMMITS; commit++) {
                statement.execute("update row_of set number = " + commit + " where id = 0");
                int length = random.nextInt(1, 600);
                for (int rows = random.nextInt(1, 40); rows > 0; rows--) {
                    statement.execute("update row_of set filling = repeat('y', " + length + ") where id = "
                            + random.nextInt(1, ROWS));
                }
                connection.commit();
                if (commit % COMMITS_PER_COPY == 0) {
                    assertThat(lastCommitOfACopy())
                            .as("the last commit after a kill")
                            .isEqualTo(commit);
                }
            }
        }
    }

    private int lastCommitOfACopy() throws IOException, SQLException {
        Files.copy(folder.resolve("file.mv.db"), folder.resolve("copy.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        try (Connection copy = connect("jdbc:h2:" + folder.resolve("copy"));
                Statement statement = copy.createStatement();
                ResultSet rows = statement.executeQuery("select number from row_of where id = 0")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(new DatabaseSettings(url, null, null, 2, folder).jdbcUrl(), "sa", "");
    }
}
