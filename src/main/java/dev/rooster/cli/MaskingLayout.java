package dev.rooster.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rooster.mail.MaskedText;

/**
 * Writes lines of the log, with stack traces, in which no whole address stands. What we log holds none; but what fails may
 * repeat some in its words: H2 names the values that broke a unique index.
 */
final class MaskingLayout extends PatternLayout {
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{0} %msg%n";

    private MaskingLayout() {}

    static MaskingLayout started(LoggerContext context) {
        MaskingLayout layout = new MaskingLayout();
        layout.setContext(context);
        layout.setPattern(LINE);
        layout.start();
        return layout;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return MaskedText.of(super.doLayout(event));
    }
}
