package dev.rooster.notice;

import dev.rooster.mail.ReplyVerdict;
import dev.rooster.mail.SmtpReply;
import org.jdbi.v3.core.Handle;

/** Is told when a relay refuses a notice because of its address, in the transaction that records it. */
@FunctionalInterface
public interface NoticeListener {
    void addressRefused(Handle handle, Notice notice, SmtpReply reply, ReplyVerdict verdict);
}
