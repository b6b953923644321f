package dev.rooster.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes: to standard error, warnings and worse, from {@code serve} milestones too; {@code ROOSTER_LOG_LEVEL} changes the
 * level. Found by the logging
 * library through its service file. Written in code, since reading the library's XML costs a short command a quarter of its time;
 * who wants another log gives a file of the library's own with {@code -Dlogback.configurationFile}.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** Property: the level where none is chosen, warnings if it is not set either. */
    static final String USUAL_LEVEL = "rooster.log.level";

    /** For what runs long, our own log tells its milestones too, unless the level was chosen. */
    static void tellMilestones() {
        if (System.getenv("ROOSTER_LOG_LEVEL") == null
                && LoggerFactory.getLogger("dev.rooster") instanceof ch.qos.logback.classic.Logger ours) {
            ours.setLevel(Level.INFO);
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || LogSetup.class.getClassLoader().getResource("logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(MaskingLayout.started(context));
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Level usual = Level.toLevel(System.getProperty(USUAL_LEVEL), Level.WARN);
        root.setLevel(Level.toLevel(System.getenv("ROOSTER_LOG_LEVEL"), usual));
        root.addAppender(appender);
        // the sandbox's mail server remarks on every delivery status notification
        context.getLogger("com.icegreen").setLevel(Level.ERROR);
        // so does the receiver's on each stranger who hangs up, with a stack trace
        context.getLogger("org.subethamail").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
