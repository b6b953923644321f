package dev.rooster.mail;

import java.nio.charset.StandardCharsets;

/** How a merge value is made safe for the place where it stands. */
public enum Escaping {
    /** Plain text: as it is. */
    TEXT {
        @Override
        public String escape(String value) {
            return value;
        }
    },
    /** Between tags: {@code & < >} become entities. */
    HTML {
        @Override
        public String escape(String value) {
            return entities(value, false);
        }
    },
    /** Inside a quoted attribute: quotes become entities too. */
    HTML_ATTRIBUTE {
        @Override
        public String escape(String value) {
            return entities(value, true);
        }
    },
    /** One component of a URL: everything but the unreserved characters as %XX of UTF-8 (RFC 3986 §2.3). */
    URL_COMPONENT {
        @Override
        public String escape(String value) {
            StringBuilder out = new StringBuilder(value.length() + 16);
            for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
                boolean unreserved = LocalPart.isAsciiLetterOrDigit(octet)
                        || octet == '-'
                        || octet == '.'
                        || octet == '_'
                        || octet == '~';
                if (unreserved) {
                    out.append((char) octet);
                } else {
                    out.append('%').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
                }
            }
            return out.toString();
        }
    };

    private static final String HEX = "0123456789ABCDEF";

    /** The value, safe for this place. */
    public abstract String escape(String value);

    private static String entities(String value, boolean quotes) {
        StringBuilder out = null;
        for (int i = 0; i < value.length(); i++) {
            String entity = entity(value.charAt(i), quotes);
            if (entity != null && out == null) {
                out = new StringBuilder(value.length() + 16).append(value, 0, i);
            }
            if (out != null) {
                out.append(entity == null ? String.valueOf(value.charAt(i)) : entity);
            }
        }
        return out == null ? value : out.toString();
    }

    private static String entity(char c, boolean quotes) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> quotes ? "&quot;" : null;
            case '\'' -> quotes ? "&#39;" : null;
            default -> null;
        };
    }
}
