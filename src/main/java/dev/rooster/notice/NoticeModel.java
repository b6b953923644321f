package dev.rooster.notice;

import dev.rooster.template.Url;
import java.util.Map;

/**
 * What a notice's template may name.
 *
 * @param newsletter its title
 * @param sender who answers for it by law
 * @param recipient the address that it goes to
 * @param declaredOn the date of what it tells, written out in the recipient's language
 * @param until when a link in it stops working, written out; empty: it does not
 * @param link what is to be pressed; empty for none
 * @param preferences the page with the recipient's settings; empty for operators
 * @param subscribe the sign-up page
 * @param value whatever the cause brought along; what was not is absent
 */
record NoticeModel(
        String newsletter,
        String sender,
        String email,
        String phone,
        String address,
        String recipient,
        String declaredOn,
        String until,
        Url link,
        Url preferences,
        Url subscribe,
        Map<String, String> value) {}
