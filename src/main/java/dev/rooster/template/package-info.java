/**
 * From an issue to the parts of a mail, and from a model to a page: Mustache templates, checked when they are loaded.
 *
 * <p>Start at {@link dev.rooster.template.RenderIssue} (an issue's subject, HTML and text skeletons, archive page) and
 * {@link dev.rooster.template.PageRenderer} (pages and notices). {@link dev.rooster.template.Templates} finds the files: a newsletter's
 * own folder, then the installation's {@code templates/}, then the ones in this program.
 *
 * <p>Rationale. <b>Two steps.</b> A mail is rendered once, not once a recipient: what differs between recipients (merge fields)
 * becomes a sentinel, the style sheet is inlined, and the result is cut at the sentinels into a {@link dev.rooster.mail.Skeleton}.
 * Where a sentinel stands in the finished HTML decides how its value will be escaped. <b>Names are checked.</b> Mustache prints nothing
 * for a name that does not exist; a newsletter can't afford that, so every name is checked against the shape of the model before
 * anything is rendered. <b>Nothing can be reached from a template</b> but texts, flags, links and lists that were put there: models are
 * records, copied into maps first; there is no reflection, no lambda, no inheritance and no dynamic partial. <b>Content is not a
 * template:</b> an issue's own text is a value, so a {@code {{} in it is just two braces.
 */
package dev.rooster.template;
