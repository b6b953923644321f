package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import dev.rooster.media.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The issue that the demo sends and writers learn from. */
class SampleIssueTest {
    private static final Path FILE = Path.of("docs/examples/2026-12-02-ai-weekly.md");
    private static final int PICTURE_BYTES_MAX = 80 * 1024;

    private final FolderPictures pictures = new FolderPictures(FILE.getParent());

    private ParsedIssue parsed() throws IOException {
        return Parsing.bytes(Files.readAllBytes(FILE), pictures);
    }

    @Test
    void itHasNothingToMend() throws IOException {
        assertThat(parsed().findings()).isEmpty();
    }

    @Test
    void itHasEveryPart() throws IOException {
        IssueDocument issue = parsed().document();

        assertThat(Outline.of(issue, Language.KO)).isEqualTo("리드 · 주제 3 (관련 2/3/1) · 마무리 · 뉴스 글로벌 6, 국내 4 · 피드백");
        assertThat(issue.weekLabel()).isEqualTo("26.12월 1주차");
        assertThat(issue.hero()).map(Block.Figure::caption).isNotEmpty();
        assertThat(issue.lead()).hasAtLeastOneElementOfType(Block.Dialogue.class);
        assertThat(issue.topics())
                .allSatisfy(topic -> assertThat(topic.blocks()).hasAtLeastOneElementOfType(Block.Figure.class));
        assertThat(issue.news().orElseThrow().groups())
                .allSatisfy(group -> assertThat(group.items())
                        .anySatisfy(item -> assertThat(item.summaries()).isNotEmpty()));
        assertThat(issue.advertising()).isFalse();
    }

    @Test
    void itsPicturesAreLightAndWideEnoughForSharpScreens() throws IOException {
        parsed();

        assertThat(pictures.found()).hasSize(4).extracting(PictureFile::picture).allSatisfy(picture -> {
            assertThat(picture.width()).isEqualTo(1200);
            assertThat(picture.sizeBytes()).isLessThan(PICTURE_BYTES_MAX);
        });
    }

    @Test
    void noStarIsLeftStandingInItsText() throws IOException {
        IssueDocument issue = parsed().document();

        issue.topics()
                .forEach(topic -> topic.blocks().forEach(block -> {
                    if (block instanceof Block.Prose prose) {
                        assertThat(prose.text()).doesNotContain("*");
                    }
                }));
    }
}
