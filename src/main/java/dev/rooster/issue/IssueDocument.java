package dev.rooster.issue;

import dev.rooster.language.Language;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An issue as it was understood: immutable, safe, with everything that both parts of a mail show except what comes from
 * the settings (brand, slot line, legal identity) and what is personal.
 *
 * @param hero the first figure of the lead
 * @param lead everything before the first {@code ##}, without the hero
 * @param date the issue's own date, else the date of the slot it was read for
 * @param weekLabel the writer's own, else made from {@code date}; "" while neither is known
 */
public record IssueDocument(
        Language language,
        FrontMatter front,
        Optional<Block.Figure> hero,
        List<Block> lead,
        List<Topic> topics,
        Optional<TitledSection> closing,
        Optional<NewsSection> news,
        Optional<TitledSection> feedback,
        Optional<TitledSection> sponsor,
        Optional<LocalDate> date,
        String weekLabel) {
    public IssueDocument {
        lead = List.copyOf(lead);
        topics = List.copyOf(topics);
    }

    /**
     * Whether the subject must begin with {@code (광고)}: the writer said so, or a sponsor has a part in it
     * (정보통신망법 시행령 §61③).
     */
    public boolean advertising() {
        return front.advertising() || sponsor.isPresent();
    }

    /** Every figure in the order of the mail, the hero first. */
    public List<Block.Figure> figures() {
        List<Block> blocks = new ArrayList<>();
        hero.ifPresent(blocks::add);
        blocks.addAll(lead);
        topics.forEach(topic -> blocks.addAll(topic.blocks()));
        closing.ifPresent(section -> blocks.addAll(section.blocks()));
        news.ifPresent(section -> blocks.addAll(section.intro()));
        sponsor.ifPresent(section -> blocks.addAll(section.blocks()));
        feedback.ifPresent(section -> blocks.addAll(section.blocks()));
        return blocks.stream()
                .filter(Block.Figure.class::isInstance)
                .map(Block.Figure.class::cast)
                .toList();
    }
}
