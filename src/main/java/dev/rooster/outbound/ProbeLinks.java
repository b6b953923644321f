package dev.rooster.outbound;

import dev.rooster.review.LinkProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;

/**
 * Asks links by HEAD, and by GET where that is refused, following a few redirects. Each address is looked at before it is
 * connected to, again after each redirect, and the connection goes to exactly that address. Nothing but the head of an answer
 * is read. Thread-safe.
 */
public final class ProbeLinks implements LinkProbe {
    private static final int REDIRECTS_MAX = 5;

    private final Names names;
    private final Predicate<InetAddress> allowed;
    private final LinkPatience patience;

    /** How a host's name is resolved. */
    @FunctionalInterface
    interface Names {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    /** @param privateToo whether links into private networks are asked as well */
    public ProbeLinks(boolean privateToo, LinkPatience patience) {
        this(InetAddress::getAllByName, privateToo ? address -> true : PublicAddresses::contains, patience);
    }

    ProbeLinks(Names names, Predicate<InetAddress> allowed, LinkPatience patience) {
        this.names = names;
        this.allowed = allowed;
        this.patience = patience;
    }

    @Override
    public List<LinkAnswer> probe(List<URI> links) {
        List<URI> asked = links.subList(0, Math.min(links.size(), patience.links()));
        List<LinkAnswer> answers = new ArrayList<>(ask(asked));
        links.stream()
                .skip(asked.size())
                .map(link -> new LinkAnswer(link, Kind.NOT_ASKED, ""))
                .forEach(answers::add);
        return answers;
    }

    private List<LinkAnswer> ask(List<URI> links) {
        ExecutorService threads = Executors.newFixedThreadPool(patience.atOnce(), work -> {
            Thread thread = new Thread(work, "rooster-links");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<LinkAnswer>> running = threads.invokeAll(
                    links.stream()
                            .map(link -> (java.util.concurrent.Callable<LinkAnswer>) () -> ask(link))
                            .toList(),
                    patience.all().toMillis(),
                    TimeUnit.MILLISECONDS);
            return IntStream.range(0, links.size())
                    .mapToObj(i -> answerOf(links.get(i), running.get(i)))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return links.stream()
                    .map(link -> new LinkAnswer(link, Kind.NOT_ASKED, ""))
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static LinkAnswer answerOf(URI link, Future<LinkAnswer> done) {
        if (done.isCancelled()) {
            return new LinkAnswer(link, Kind.NOT_ASKED, "");
        }
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LinkAnswer(link, Kind.NOT_ASKED, "");
        } catch (ExecutionException e) {
            return new LinkAnswer(link, Kind.FAILING, e.getCause().getClass().getSimpleName());
        }
    }

    private LinkAnswer ask(URI link) {
        long deadline = System.nanoTime() + patience.link().toNanos();
        try {
            return follow(link, deadline);
        } catch (UnknownHostException e) {
            return new LinkAnswer(link, Kind.NO_SUCH_HOST, "");
        } catch (SSLException e) {
            return new LinkAnswer(link, Kind.BAD_CERTIFICATE, "");
        } catch (SocketTimeoutException e) {
            return new LinkAnswer(link, Kind.UNREACHABLE, "time-out");
        } catch (IOException e) {
            return new LinkAnswer(link, Kind.UNREACHABLE, e.getMessage() == null ? "" : e.getMessage());
        }
    }

    private LinkAnswer follow(URI link, long deadline) throws IOException {
        URI at = link;
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            InetAddress[] addresses = names.find(withoutBrackets(at.getHost()));
            for (InetAddress address : addresses) {
                if (!allowed.test(address)) {
                    return new LinkAnswer(link, Kind.PRIVATE, at.equals(link) ? "" : at.toString());
                }
            }
            LinkRequest request =
                    new LinkRequest(at, addresses[0], (int) patience.step().toMillis(), deadline);
            LinkRequest.Head head = request.send("HEAD");
            if (head.status() >= 400) {
                head = request.send("GET"); // some answer only what a browser asks
            }
            if (head.status() / 100 != 3 || head.location().isEmpty()) {
                return new LinkAnswer(link, kind(head.status()), Integer.toString(head.status()));
            }
            URI next = next(at, head.location().get());
            if (next == null) {
                return new LinkAnswer(link, Kind.FAILING, "redirect");
            }
            at = next;
        }
        return new LinkAnswer(link, Kind.FAILING, "redirects");
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Null when a redirect leads to no web address. */
    private static URI next(URI at, String location) {
        try {
            URI next = at.resolve(URI.create(location));
            boolean web = "http".equalsIgnoreCase(next.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
            return web && next.getHost() != null ? next : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 404, 410 -> Kind.GONE;
            case 401, 403, 405, 406, 429, 451, 503, 999 -> Kind.KEEPS_ROBOTS_OUT;
            default -> status < 400 ? Kind.ANSWERED : Kind.FAILING;
        };
    }
}
