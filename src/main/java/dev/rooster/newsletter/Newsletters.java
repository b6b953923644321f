package dev.rooster.newsletter;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The newsletters of the settings, in their order there. Immutable and thread-safe. */
public final class Newsletters implements Iterable<Newsletter> {

    private final List<Newsletter> all;

    public Newsletters(List<Newsletter> all) {
        this.all = List.copyOf(all);
    }

    public List<Newsletter> all() {
        return all;
    }

    public Optional<Newsletter> find(String name) {
        return first(newsletter -> newsletter.name().equals(name));
    }

    public Optional<Newsletter> find(NewsletterId id) {
        return first(newsletter -> newsletter.id().equals(id));
    }

    public Optional<Newsletter> findByPublicId(long publicId) {
        return first(newsletter -> newsletter.publicId() == publicId);
    }

    /**
     * The newsletter of a row that something refers to.
     *
     * @throws IllegalStateException when the settings no longer hold it
     */
    public Newsletter get(NewsletterId id) {
        return find(id).orElseThrow(() ->
                new IllegalStateException("newsletter " + id.value() + " is in the database but not in the settings"));
    }

    /** The one newsletter, where there is one: it need not be named then. */
    public Optional<Newsletter> only() {
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    @Override
    public Iterator<Newsletter> iterator() {
        return all.iterator();
    }

    private Optional<Newsletter> first(Predicate<Newsletter> wanted) {
        return all.stream().filter(wanted).findFirst();
    }
}
