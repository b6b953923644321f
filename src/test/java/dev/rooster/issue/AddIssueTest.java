package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.media.JdbiMedia;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AddIssueTest {
    private static final byte[] FILE =
            "---\n제목: 그림 이슈\n미리보기: 나\n날짜: 2026-12-02\n---\n![닭](닭.png)\n\n글 {{이름}}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private AddOutcome add(Weekly weekly) {
        return weekly.add.add(weekly.newsletter, "그림 이슈.md", FILE, new FolderPictures(folder));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAcceptedIssueIsStoredWithItsPicturesAndReadBackTheSame(Databases.Kind kind) throws IOException {
        Files.write(folder.resolve("닭.png"), Parsing.png(20, 10));
        try (Weekly weekly = new Weekly(kind)) {
            AddOutcome.Added added = (AddOutcome.Added) add(weekly);
            Files.delete(folder.resolve("닭.png"));

            weekly.database.jdbi().useHandle(handle -> {
                ParsedIssue read = new ReadIssue()
                        .find(handle, weekly.newsletter, added.id(), Optional.empty())
                        .orElseThrow();
                assertThat(read).isEqualTo(added.parsed());
                StoredIssue stored = weekly.issues.find(handle, added.id()).orElseThrow();
                assertThat(stored.title()).isEqualTo("그림 이슈");
                assertThat(stored.date()).contains(Weekly.SECOND);
                assertThat(stored.createdAt()).isEqualTo(weekly.clock.instant());
                assertThat(weekly.issues.list(handle, weekly.newsletter.id(), 10))
                        .containsExactly(stored);
                assertThat(new JdbiMedia()
                                .findFile(
                                        handle, read.pictures().get(0).picture().hash())
                                .orElseThrow()
                                .bytes())
                        .isEqualTo(Parsing.png(20, 10));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theSameFileTwiceIsOneIssueButAnotherPictureMakesAnother(Databases.Kind kind) throws IOException {
        Files.write(folder.resolve("닭.png"), Parsing.png(20, 10));
        try (Weekly weekly = new Weekly(kind)) {
            IssueId first = ((AddOutcome.Added) add(weekly)).id();

            assertThat(((AddOutcome.AddedBefore) add(weekly)).issue().id()).isEqualTo(first);

            Files.write(folder.resolve("닭.png"), Parsing.png(30, 10));
            assertThat(add(weekly)).isInstanceOf(AddOutcome.Added.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anIssueWithErrorsLeavesNothingBehind(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            assertThat(add(weekly)).isInstanceOf(AddOutcome.Refused.class);
            assertThat(weekly.add("a.md", "---\n제목: 가\n뉴스레터: 다른것\n---\n글"))
                    .isInstanceOfSatisfying(
                            AddOutcome.OtherNewsletter.class,
                            other -> assertThat(other.named()).isEqualTo("다른것"));
            weekly.database
                    .jdbi()
                    .useHandle(handle -> assertThat(weekly.issues.list(handle, weekly.newsletter.id(), 10))
                            .isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aMendedFileReplacesADraftOrQueuedIssueInItsPlace(Databases.Kind kind) throws IOException {
        Files.write(folder.resolve("닭.png"), Parsing.png(20, 10));
        try (Weekly weekly = new Weekly(kind)) {
            IssueId id = weekly.queued("하나");

            AddOutcome replaced =
                    weekly.add.replace(weekly.newsletter, id, "mended.md", FILE, new FolderPictures(folder));

            assertThat(((AddOutcome.Added) replaced).id()).isEqualTo(id);
            assertThat(weekly.slotOf(id)).contains(Weekly.FIRST);
            weekly.runAt("2026-11-24T22:00:00Z");
            assertThat(weekly.add.replace(weekly.newsletter, id, "late.md", FILE, new FolderPictures(folder)))
                    .isInstanceOf(AddOutcome.NotReplaceable.class);
            weekly.database
                    .jdbi()
                    .useHandle(handle -> assertThat(new ReadIssue()
                                    .find(handle, weekly.newsletter, id, Optional.empty())
                                    .orElseThrow()
                                    .document()
                                    .hero())
                            .isPresent());
        }
    }
}
