package dev.rooster.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The file and the environment together, and the faults found in them so far. */
final class SettingsSource {
    /** Variables with our prefix that are not settings. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "ROOSTER_HOME",
            "ROOSTER_JAVA",
            "ROOSTER_JAVA_OPTS",
            "ROOSTER_LANG",
            "ROOSTER_DEBUG",
            "ROOSTER_LOG_LEVEL",
            "ROOSTER_NO_CDS");

    private final String fileName;
    private final Map<String, String> environment;
    private final Set<String> asked = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    SettingsSource(String fileName, Map<String, String> environment) {
        this.fileName = fileName;
        this.environment = environment;
    }

    String at(int line) {
        return fileName + ":" + line;
    }

    /** The variable that overrides a setting: {@code relays.default.host} is {@code ROOSTER_RELAYS_DEFAULT_HOST}. */
    String variable(String path) {
        return "ROOSTER_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The environment's value of a setting, or null. {@code ROOSTER_SMTP_…} is the relay named {@code default}. */
    String environment(String path) {
        asked.add(variable(path));
        String value = environment.get(variable(path));
        if (value == null && path.startsWith("relays.default.")) {
            String shortForm = variable("smtp." + path.substring("relays.default.".length()));
            asked.add(shortForm);
            value = environment.get(shortForm);
        }
        return value;
    }

    /** Whether the environment sets anything below a path. */
    boolean environmentMentions(String path) {
        String prefix = variable(path) + "_";
        return environment.keySet().stream().anyMatch(name -> name.startsWith(prefix))
                || path.equals("relays.default")
                        && environment.keySet().stream().anyMatch(name -> name.startsWith("ROOSTER_SMTP_"));
    }

    Section section(String path, YamlTree tree, int lineOfParent) {
        if (tree instanceof YamlTree.Keys keys) {
            return new Section(this, path, keys);
        }
        if (tree != null && !(tree instanceof YamlTree.Nothing)) {
            fault(new Fault(at(tree.line()), path, "not-a-map", "", ""));
        }
        return new Section(
                this, path, new YamlTree.Keys(Map.of(), Map.of(), tree == null ? lineOfParent : tree.line()));
    }

    void fault(Fault fault) {
        faults.add(fault);
    }

    /** Notes each variable with our prefix that no setting asked for. */
    void noteUnknownVariables() {
        Set<String> known = asked.stream().collect(Collectors.toCollection(TreeSet::new));
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith("ROOSTER_") && !NOT_SETTINGS.contains(name) && !known.contains(name)) {
                String near = Nearest.of(name, known);
                String code = near.isEmpty() ? "unknown-variable" : "unknown-variable-near";
                fault(new Fault(name, "", code, name, near));
            }
        }
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
