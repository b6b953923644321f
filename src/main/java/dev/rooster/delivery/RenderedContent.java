package dev.rooster.delivery;

import dev.rooster.issue.IssueId;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.ReadIssue;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.template.EditionLinks;
import dev.rooster.template.RenderIssue;
import dev.rooster.template.RenderedIssue;
import dev.rooster.template.TemplateProblem;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Content as the stored issue and the templates of this moment make it. Thread-safe. */
public final class RenderedContent implements IssueContent {
    private final ReadIssue issues;
    private final RenderIssue render;
    private final URI site;

    /** @param site where Rooster's pages are reached: pictures and archive are linked there */
    public RenderedContent(ReadIssue issues, RenderIssue render, URI site) {
        this.issues = issues;
        this.render = render;
        this.site = site;
    }

    @Override
    public Answer find(Handle handle, Newsletter newsletter, IssueId issue, Optional<LocalDate> slotDate) {
        Optional<ParsedIssue> parsed = issues.find(handle, newsletter, issue, slotDate);
        if (parsed.isEmpty()) {
            return new Answer.NoIssue();
        }
        if (!parsed.get().accepted()) {
            return new Answer.Faulty(language -> parsed.get().errors().stream()
                    .map(error -> error.line(language))
                    .collect(Collectors.joining("\n")));
        }
        try {
            RenderedIssue rendered = render.render(
                    parsed.get().document(), newsletter, new EditionLinks(site, newsletter.name(), issue.toString()));
            return new Answer.Ready(rendered.subject(), rendered.html(), rendered.text(), rendered.archiveHtml());
        } catch (TemplateProblem e) {
            return new Answer.Faulty(e::message);
        }
    }
}
