package dev.rooster.web;

import dev.rooster.bounce.AnswerStopRequest;
import dev.rooster.bounce.TakeEvents;
import dev.rooster.db.Database;
import dev.rooster.delivery.Editions;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.Notices;
import dev.rooster.review.ReviewIssue;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.template.PageRenderer;
import dev.rooster.token.Tokens;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages that readers reach. Created, started once, closed once.
 *
 * <p>A path with a link's token in it is never logged: who reads the log must not be able to unsubscribe people.
 */
public final class PublicServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublicServer.class);

    private static final String HOOKS = "/hooks/";
    private static final Pattern HOOK = Pattern.compile("/+hooks/");

    private final Javalin server;
    private final WebSettings settings;

    private PublicServer(Javalin server, WebSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * What the pages need from the rest.
     *
     * @param publicUrl how the pages are reached from outside; not null
     * @param wakeNotices asks that the outbox be looked at now; must return at once
     */
    public record Parts(
            Database database,
            Newsletters newsletters,
            JdbiNewsletters newsletterRows,
            Tokens tokens,
            Subscribing subscribing,
            Notices notices,
            ReviewIssue reviews,
            AnswerStopRequest stopRequests,
            Editions editions,
            PageRenderer renderer,
            URI publicUrl,
            InstantSource clock,
            Runnable wakeNotices,
            MeterRegistry metrics) {}

    /**
     * What the hooks of providers need from the rest.
     *
     * @param hooks those that are configured; the others are not there
     */
    public record Hooks(Collection<HookSettings> hooks, TakeEvents take) {}

    /** A server that does not listen yet, without hooks. */
    public static PublicServer of(WebSettings settings, Parts parts) {
        return of(settings, parts, new Hooks(List.of(), null));
    }

    /** A server that does not listen yet. */
    public static PublicServer of(WebSettings settings, Parts parts, Hooks hooks) {
        return of(settings, parts, hooks, new SnsCertificates(parts.clock()), HookLimits.defaults());
    }

    static PublicServer of(WebSettings settings, Parts parts, Hooks hooks, SnsCertificates sns, HookLimits limits) {
        Javalin server = HttpServer.create(
                "rooster-web",
                new HttpServer.Listen(settings.host(), settings.port()),
                settings.threads(),
                settings.bodyBytesMax(),
                settings.idleTimeout(),
                config -> {
                    Pages pages = new Pages(parts.renderer());
                    Messages messages = new Messages(pages);
                    guard(config.routes, settings, messages);
                    hook(config, settings, parts, hooks, sns, limits, messages);
                    route(config, settings, parts, pages, messages);
                    measure(config, parts.metrics());
                });
        return new PublicServer(server, settings);
    }

    /**
     * Begins to listen.
     *
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    public void start() {
        server.start();
        LOG.info("Pages are served on {}:{}", settings.host(), server.port());
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Requests under way are waited for as long as the server is told to; those that take longer are cut off. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (JavalinException e) {
            LOG.warn("Not every request ended in time; the pages are closed all the same: {}", e.toString());
        }
    }

    private static void route(JavalinConfig config, WebSettings settings, Parts parts, Pages pages, Messages messages) {
        RoutesConfig routes = config.routes;
        Caller caller = new Caller(new ClientAddress(settings.trustedProxies()), parts.clock());
        Visits visits = new Visits(parts.tokens(), parts.newsletters(), parts.newsletterRows(), parts.database());
        ReaderActs acts = new ReaderActs(parts.database(), parts.subscribing(), parts.notices(), parts.wakeNotices());
        UnsubscribePage unsubscribe = new UnsubscribePage(visits, acts, caller, pages, messages, parts.database());
        both(routes, "/u/{token}", unsubscribe::get, unsubscribe::post);
        ConfirmPage confirm = new ConfirmPage(
                visits,
                acts,
                parts.notices(),
                caller,
                pages,
                messages,
                parts.database(),
                parts.tokens(),
                parts.clock());
        both(routes, "/c/{token}", confirm::get, confirm::post);
        PreferencesPage preferences = new PreferencesPage(
                visits, parts.newsletters(), acts, caller, pages, messages, parts.database(), parts.clock());
        both(routes, "/p/{token}", preferences::get, preferences::post);
        FeedbackPage feedback = new FeedbackPage(visits, pages, messages, parts.database(), parts.clock());
        both(routes, "/f/{token}", feedback::get, feedback::post);
        ReviewPage review =
                new ReviewPage(parts.tokens(), parts.reviews(), parts.editions(), pages, messages, parts.wakeNotices());
        StopPage stop = new StopPage(parts.tokens(), parts.stopRequests(), pages, messages, parts.wakeNotices());
        both(
                routes,
                "/a/{token}",
                either(stop::isMeant, stop::get, review::get),
                either(stop::isMeant, stop::post, review::post));
        read(routes, "/media/{hash}", new MediaFiles(parts.database(), messages)::get);
        read(routes, "/", new HomePage(parts.newsletters(), pages)::get);
        read(routes, "/robots.txt", PublicServer::robots);
        read(routes, "/favicon.ico", ctx -> ctx.status(204).header("Cache-Control", "public, max-age=86400"));
        SignUpLimits limits = new SignUpLimits(settings.signUpsPerAddress(), settings.signUpsPerHour(), parts.clock());
        SignUpPage signUp =
                new SignUpPage(parts.newsletters(), acts, limits, caller, pages, messages, settings.marketingConsent());
        both(routes, "/{newsletter}", signUp::get, signUp::post);
        ArchivePages archive =
                new ArchivePages(parts.newsletters(), parts.database(), pages, messages, parts.publicUrl());
        read(routes, "/{newsletter}/archive", archive::list);
        read(routes, "/{newsletter}/archive/{issue}", archive::issue);
        read(routes, "/{newsletter}/feed.xml", archive::feed);
    }

    private static void hook(
            JavalinConfig config,
            WebSettings settings,
            Parts parts,
            Hooks hooks,
            SnsCertificates sns,
            HookLimits limits,
            Messages messages) {
        if (!hooks.hooks().isEmpty()) {
            Caller caller = new Caller(new ClientAddress(settings.trustedProxies()), parts.clock());
            HookEndpoint endpoint = new HookEndpoint(
                    HookChecks.of(hooks.hooks(), sns), sns, hooks.take(), caller, messages, parts, limits);
            config.routes.post(HOOKS + "{provider}", endpoint::post);
            config.jetty.modifyHttpConfiguration(http -> http.addCustomizer((request, headers) -> {
                Duration silence = isHook(request.getHttpURI().getPath()) ? limits.silence() : settings.idleTimeout();
                request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(silence.toMillis());
                return request;
            }));
        }
    }

    /** HEAD is GET without the body (RFC 9110 §9.3.2), so it changes as little. */
    private static void read(RoutesConfig routes, String path, Handler get) {
        routes.get(path, get);
        routes.head(path, get);
    }

    /** As the routes take it: many slashes are one. */
    private static boolean isHook(String path) {
        return HOOK.matcher(path).lookingAt();
    }

    private static Handler either(Predicate<Context> condition, Handler meant, Handler otherwise) {
        return ctx -> (condition.test(ctx) ? meant : otherwise).handle(ctx);
    }

    private static void both(RoutesConfig routes, String path, Handler get, Handler post) {
        read(routes, path, get);
        routes.post(path, post);
    }

    private static void guard(RoutesConfig routes, WebSettings settings, Messages messages) {
        routes.before(ctx -> {
            ctx.header("X-Content-Type-Options", "nosniff")
                    // The path is the permission: it must not travel to where a link leads.
                    .header("Referrer-Policy", "no-referrer")
                    .header("X-Frame-Options", "DENY")
                    .header("Cross-Origin-Opener-Policy", "same-origin")
                    .header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
            if (settings.publicUrl() != null
                    && "https".equals(settings.publicUrl().getScheme())) {
                ctx.header("Strict-Transport-Security", "max-age=31536000");
            }
            int bytesMax = isHook(ctx.path()) ? HookEndpoint.BODY_BYTES_MAX : settings.bodyBytesMax();
            if (ctx.req().getContentLengthLong() > bytesMax) {
                messages.tooLarge(ctx);
                ctx.skipRemainingHandlers();
            }
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            if (e.getStatus() == 413) {
                messages.tooLarge(ctx);
            } else {
                messages.broken(ctx, e.getStatus());
            }
        });
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("A page could not be shown ({} {}); nothing was changed", ctx.method(), pattern(ctx), e);
            messages.broken(ctx, 500);
        });
        routes.error(404, ctx -> {
            if (ctx.resultInputStream() == null || !isHtml(ctx)) {
                messages.notFound(ctx);
            }
        });
    }

    private static boolean isHtml(Context ctx) {
        String type = ctx.res().getContentType();
        return type != null && type.startsWith("text/html");
    }

    private static void robots(Context ctx) {
        ctx.header("Cache-Control", "public, max-age=86400")
                .result("User-agent: *\nDisallow: /a/\nDisallow: /u/\nDisallow: /c/\nDisallow: /p/\nDisallow: /f/\n");
    }

    private static void measure(JavalinConfig config, MeterRegistry metrics) {
        config.requestLogger.http((ctx, millis) -> metrics.timer(
                        "rooster.http",
                        "method",
                        ctx.method().name(),
                        "path",
                        pattern(ctx),
                        "status",
                        Integer.toString(ctx.statusCode()))
                .record(Duration.ofNanos((long) (millis * 1_000_000))));
    }

    private static String pattern(Context ctx) {
        var endpoint = ctx.endpoints().lastHttpEndpoint();
        return endpoint == null ? "none" : endpoint.path;
    }
}
