package dev.rooster.template;

import dev.rooster.language.Language;
import java.util.List;
import java.util.stream.Collectors;

/** Templates that can't be used as they are; nothing was rendered. Holds every fault that was found, at least one. */
public final class TemplateProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<TemplateFault> faults;

    public TemplateProblem(List<TemplateFault> faults) {
        super(lines(faults, Language.EN));
        this.faults = List.copyOf(faults);
    }

    TemplateProblem(TemplateFault.Kind kind, String file, int line, String found, String expected) {
        this(List.of(new TemplateFault(kind, file, line, found, expected)));
    }

    public List<TemplateFault> faults() {
        return faults;
    }

    /** Every fault on a line of its own. */
    public String message(Language language) {
        return lines(faults, language);
    }

    private static String lines(List<TemplateFault> faults, Language language) {
        return faults.stream().map(fault -> fault.message(language)).collect(Collectors.joining("\n"));
    }
}
