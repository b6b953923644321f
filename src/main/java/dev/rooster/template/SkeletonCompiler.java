package dev.rooster.template;

import dev.rooster.mail.Segment;
import dev.rooster.mail.Skeleton;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** Cuts a finished part of a mail at its sentinels. Single use. */
final class SkeletonCompiler {

    private final String text;
    private final MergeTags tags;
    private final Matcher sentinel;
    private int at;

    private SkeletonCompiler(String text, MergeTags tags) {
        this.text = text;
        this.tags = tags;
        this.sentinel = Sentinels.ANY.matcher(text);
    }

    /**
     * @param text with the bounds of sections as bare marks
     * @throws TemplateProblem when a section lost one of its ends, because it crossed the bounds of an element
     */
    static Skeleton compile(String text, MergeTags tags) {
        return new SkeletonCompiler(text, tags).untilClosed(-1);
    }

    private Skeleton untilClosed(int section) {
        List<Segment> segments = new ArrayList<>();
        while (sentinel.find(at)) {
            segments.add(new Segment.Fixed(text.substring(at, sentinel.start())));
            at = sentinel.end();
            int index = Integer.parseInt(sentinel.group(2));
            if (Sentinels.isHole(sentinel.group(1))) {
                MergeField field = tags.field(index);
                segments.add(new Segment.Hole(field.field(), tags.escaping(index), field.fallback()));
            } else if (Sentinels.isOpen(sentinel.group(1))) {
                segments.add(choice(index));
            } else if (index == section) {
                return new Skeleton(segments);
            } else {
                throw broken(index);
            }
        }
        if (section >= 0) {
            throw broken(section);
        }
        segments.add(new Segment.Fixed(text.substring(at)));
        return new Skeleton(segments);
    }

    private Segment choice(int index) {
        MergeTags.Bound bound = tags.section(index);
        Skeleton inside = untilClosed(index);
        return bound.inverted()
                ? new Segment.Choice(bound.field(), Skeleton.EMPTY, inside)
                : new Segment.Choice(bound.field(), inside, Skeleton.EMPTY);
    }

    private TemplateProblem broken(int section) {
        MergeTags.Bound bound = tags.section(section);
        return new TemplateProblem(
                TemplateFault.Kind.BROKEN_SECTION,
                bound.place().file(),
                bound.place().line(),
                bound.field(),
                "");
    }
}
