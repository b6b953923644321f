package dev.rooster.config;

/** Which settings are secrets, so that a bad value of theirs is never repeated. */
final class SecretKeys {
    private SecretKeys() {}

    static String hide(String key, String value) {
        if (key.endsWith("-endpoint") || key.endsWith("-file")) {
            return value; // where a secret is got from is none
        }
        return key.contains("password") || key.contains("secret") || key.contains("token") ? "…" : value;
    }
}
