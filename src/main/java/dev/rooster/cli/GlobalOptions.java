package dev.rooster.cli;

import dev.rooster.language.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What every command takes, in any position: {@code --home DIR}, {@code --lang ko|en}, {@code --debug}. Taken off before the
 * command sees its own arguments.
 *
 * @param home the installation's folder, absolute
 * @param language of messages
 * @param debug whether problems are printed with their stack trace
 * @param rest the arguments that are left
 * @param wrong which of these options is without its value, or has one that can't be; null when all is well
 */
record GlobalOptions(Path home, Language language, boolean debug, List<String> rest, String wrong) {
    static GlobalOptions parse(List<String> args, Map<String, String> environment, Path folder) {
        String home = environment.getOrDefault("ROOSTER_HOME", ".");
        String language = languageOf(environment);
        boolean debug = environment.containsKey("ROOSTER_DEBUG");
        List<String> rest = new ArrayList<>();
        String wrong = null;
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                rest.addAll(args.subList(i, args.size()));
                break;
            } else if (arg.equals("--home") && i + 1 < args.size()) {
                home = args.get(++i);
            } else if (arg.startsWith("--home=")) {
                home = arg.substring("--home=".length());
            } else if (arg.equals("--lang") && i + 1 < args.size()) {
                language = args.get(++i);
                wrong = isLanguage(language) ? wrong : "--lang";
            } else if (arg.startsWith("--lang=")) {
                language = arg.substring("--lang=".length());
                wrong = isLanguage(language) ? wrong : "--lang";
            } else if (arg.equals("--home") || arg.equals("--lang")) {
                wrong = arg;
            } else if (arg.equals("--debug")) {
                debug = true;
            } else {
                rest.add(arg);
            }
        }
        return new GlobalOptions(
                folder.resolve(home).normalize(), Language.of(language, Language.EN), debug, List.copyOf(rest), wrong);
    }

    private static boolean isLanguage(String text) {
        return Language.of(text, null) != null;
    }

    // POSIX precedence: LC_ALL, LC_MESSAGES, LANG.
    private static String languageOf(Map<String, String> environment) {
        for (String name : List.of("ROOSTER_LANG", "LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
