package dev.rooster.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML file as maps, lists and texts that remember their line. Numbers and booleans stay as they were written. */
sealed interface YamlTree {
    /** 1-based. */
    int line();

    record Text(String value, int line) implements YamlTree {}

    record Items(List<YamlTree> items, int line) implements YamlTree {}

    record Keys(Map<String, YamlTree> values, Map<String, Integer> keyLines, int line) implements YamlTree {}

    /** Nothing after the colon. */
    record Nothing(int line) implements YamlTree {}

    int NODES_FOR_ALIASES_MAX = 50;

    /**
     * Parses a file.
     *
     * @throws Malformed with the parser's words and the line when it is not YAML or a key stands twice
     */
    static YamlTree parse(String text) throws Malformed {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(NODES_FOR_ALIASES_MAX)
                .setCodePointLimit(1 << 20)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty() ? new Keys(Map.of(), Map.of(), 1) : of(root.get());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Malformed(line, e.getProblem());
        } catch (YamlEngineException e) {
            throw new Malformed(1, e.getMessage().lines().findFirst().orElse(""));
        } catch (StackOverflowError e) {
            // The parser recurses once a level and has no limit of its own.
            throw new Malformed(1, "it is nested too deeply");
        }
    }

    private static YamlTree of(Node node) throws Malformed {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        if (node instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL) ? new Nothing(line) : new Text(scalar.getValue(), line);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlTree> items = new java.util.ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(of(item));
            }
            return new Items(List.copyOf(items), line);
        }
        Map<String, YamlTree> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            int keyLine = tuple.getKeyNode()
                    .getStartMark()
                    .map(mark -> mark.getLine() + 1)
                    .orElse(line);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new Malformed(keyLine, "a key must be a text");
            }
            if (values.put(key.getValue(), of(tuple.getValueNode())) != null) {
                throw new Malformed(keyLine, "duplicate key " + key.getValue());
            }
            lines.put(key.getValue(), keyLine);
        }
        return new Keys(values, lines, line);
    }

    /** Not a YAML file. */
    final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Malformed(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }
}
