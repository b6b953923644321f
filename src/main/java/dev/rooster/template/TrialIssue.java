package dev.rooster.template;

import dev.rooster.issue.IssueDocument;
import dev.rooster.issue.IssueParser;
import dev.rooster.issue.ParseContext;
import dev.rooster.issue.PictureSource;
import dev.rooster.issue.WeekLabel;
import dev.rooster.newsletter.Newsletter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Renders a small issue with a newsletter's templates, so that their faults show before a slot comes. Nothing is stored or sent.
 */
public final class TrialIssue {
    private static final String MARKDOWN = """
            ---
            title: Trial
            preheader: Trial
            ---
            A lead.

            > 🐔 A dialogue

            ## A topic
            Text.

            ### Related
            - [A link](https://example.com/) · source

            ## Closing
            Text.

            ## News
            ### A group
            - [An item](https://example.com/)
              - its summary

            ## Feedback
            Text.
            """;

    private TrialIssue() {}

    /** @throws TemplateProblem when a template is wrong, or leaves out what the law wants in every issue */
    public static void render(Templates templates, Newsletter newsletter, URI site) {
        var language = newsletter.settings().language();
        IssueDocument document = new IssueParser()
                .parse(
                        "trial.md",
                        MARKDOWN.getBytes(StandardCharsets.UTF_8),
                        new ParseContext(
                                language,
                                WeekLabel.standard(language),
                                Optional.of(LocalDate.EPOCH),
                                name -> new PictureSource.Answer.Missing("")))
                .document();
        new RenderIssue(templates).render(document, newsletter, new EditionLinks(site, newsletter.name(), "trial"));
    }
}
