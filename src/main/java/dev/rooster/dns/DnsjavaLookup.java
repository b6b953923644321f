package dev.rooster.dns;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** Asks the resolvers of this machine. Thread-safe. */
public final class DnsjavaLookup implements DnsLookup {
    private final Duration patience;
    private final LookupSession session;

    /** @param patience how long one lookup may take in all, retries and all servers included */
    public DnsjavaLookup(Duration patience) {
        this(patience, machinesOwn(patience));
    }

    DnsjavaLookup(Duration patience, Resolver resolver) {
        this.patience = patience;
        this.session = LookupSession.builder().resolver(resolver).build();
    }

    private static Resolver machinesOwn(Duration patience) {
        ExtendedResolver resolver = new ExtendedResolver();
        resolver.setTimeout(patience.dividedBy(2));
        resolver.setRetries(1);
        return resolver;
    }

    @Override
    public DnsAnswer find(String name, Type type) {
        return switch (type) {
            case TXT -> find(name, org.xbill.DNS.Type.TXT);
            case MX -> find(name, org.xbill.DNS.Type.MX);
            case ADDRESS -> {
                DnsAnswer four = find(name, org.xbill.DNS.Type.A);
                yield four instanceof DnsAnswer.None ? find(name, org.xbill.DNS.Type.AAAA) : four;
            }
        };
    }

    private DnsAnswer find(String name, int type) {
        try {
            List<Record> records = session.lookupAsync(Name.fromString(name, Name.root), type)
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecords();
            return records.isEmpty() ? new DnsAnswer.None() : new DnsAnswer.Found(values(records));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException
                    ? new DnsAnswer.None()
                    : new DnsAnswer.Unanswered(words(cause));
        } catch (TimeoutException e) {
            return new DnsAnswer.Unanswered(patience.toSeconds() + " s");
        } catch (TextParseException e) {
            return new DnsAnswer.None(); // no name of the DNS: longer than it allows
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DnsAnswer.Unanswered("interrupted");
        }
    }

    private static String words(Throwable failure) {
        return failure instanceof UnknownHostException || failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }

    private static List<String> values(List<Record> records) {
        List<Record> inOrder = new ArrayList<>(records);
        inOrder.sort(Comparator.comparingInt(r -> r instanceof MXRecord mx ? mx.getPriority() : 0));
        return inOrder.stream().map(DnsjavaLookup::value).toList();
    }

    private static String value(Record record) {
        if (record instanceof TXTRecord text) {
            return String.join("", text.getStrings());
        }
        if (record instanceof MXRecord mx) {
            String host = mx.getTarget().toString(true);
            return host.isEmpty() ? "." : host;
        }
        if (record instanceof ARecord address) {
            return address.getAddress().getHostAddress();
        }
        return record instanceof AAAARecord address ? address.getAddress().getHostAddress() : record.rdataToString();
    }
}
