package dev.rooster.web;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fields of a posted form, urlencoded or multipart. A body that is neither, or broken, is a form without fields. */
record Form(Map<String, List<String>> fields) {
    private static final Logger LOG = LoggerFactory.getLogger(Form.class);

    static Form of(Context ctx) {
        try {
            return new Form(ctx.formParamMap());
        } catch (HttpResponseException e) {
            throw e; // too large: said as such
        } catch (Exception e) { // Kotlin code, which declares no checked exceptions, throws some
            // A refusal must not fail because a mail program wrote a sloppy multipart body.
            LOG.debug("A form that can't be read counts as empty: {}", e.toString());
            return new Form(Map.of());
        }
    }

    /** The first value, without surrounding blanks and control characters; "" when there is none. */
    String text(String field) {
        return lines(field).replaceAll("\\s+", " ");
    }

    /** Likewise, with its line breaks. */
    String lines(String field) {
        List<String> values = fields.getOrDefault(field, List.of());
        return values.isEmpty()
                ? ""
                : values.get(0)
                        .replace("\r\n", "\n")
                        .replaceAll("[\\p{Cc}&&[^\n\t]]", "")
                        .strip();
    }

    boolean has(String field) {
        return !text(field).isEmpty();
    }

    List<String> all(String field) {
        return fields.getOrDefault(field, List.of());
    }
}
