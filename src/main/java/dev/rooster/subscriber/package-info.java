/**
 * People: who they are, which newsletters they agreed to, and the evidence of it.
 *
 * <p>Entry point: {@link dev.rooster.subscriber.Subscribing} carries out every change a person or operator makes (request,
 * confirm, grant, refuse, undo, erase) together with its evidence and its suppression, in the caller's transaction. Import and
 * export are in {@code subscriber.csv}.
 *
 * <p>Why evidence is a table and not a flag: the burden of proof of consent lies with the sender (Network Act art. 50(1)), so
 * every change is kept with who, when, how, from where and the text that was shown.
 */
package dev.rooster.subscriber;
