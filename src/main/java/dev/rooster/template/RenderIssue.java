package dev.rooster.template;

import dev.rooster.issue.AdvertisingMark;
import dev.rooster.issue.IssueDocument;
import dev.rooster.mail.Skeleton;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;

/**
 * Renders an issue once, for all its recipients: subject, HTML and text skeletons, archive page. Thread-safe.
 *
 * <p>Uses {@code issue.html.mustache} with its style sheet {@code issue.css}, {@code issue.text.mustache} and
 * {@code archive.html.mustache}.
 */
public final class RenderIssue {
    private final Templates templates;

    public RenderIssue(Templates templates) {
        this.templates = templates;
    }

    /**
     * Everything that a version of an edition is made of.
     *
     * @throws TemplateProblem when a template is wrong, or leaves out what the law wants in every issue
     */
    public RenderedIssue render(IssueDocument issue, Newsletter newsletter, EditionLinks links) {
        NewsletterSettings settings = newsletter.settings();
        TemplateFiles files = templates.files(settings.templateDir());
        String subject = issue.advertising()
                ? AdvertisingMark.PREFIX + " " + issue.front().subject()
                : issue.front().subject();
        IssueModel model = new IssueModels(links).of(issue, settings, subject);

        Template html = Template.load(files, TemplateKind.MAIL_HTML, "issue", IssueModel.class, issue.language());
        Template text = Template.load(files, TemplateKind.MAIL_TEXT, "issue", IssueModel.class, issue.language());
        Template archive = Template.load(files, TemplateKind.HTML, "archive", IssueModel.class, issue.language());
        StyleSheet sheet = StyleSheet.read(files.get("issue.css"));

        Skeleton htmlPart = SkeletonCompiler.compile(FinishHtml.finish(html.render(model), sheet), html.merges());
        Skeleton textPart = SkeletonCompiler.compile(TextWrap.wrap(text.render(model)), text.merges());
        LawfulFooter.require(html.file(), htmlPart, true, settings.identity());
        LawfulFooter.require(text.file(), textPart, false, settings.identity());
        return new RenderedIssue(subject, issue.front().preheader(), htmlPart, textPart, archive.render(model));
    }
}
