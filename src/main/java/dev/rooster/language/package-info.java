/**
 * The languages Rooster speaks to operators and readers, and the texts it says in them.
 *
 * <p>Every text exists in Korean and English, in two bundles beside the package that says it
 * ({@code messages_ko.properties}, {@code messages_en.properties}). Entry point: {@link Messages}. Ring 0.
 */
package dev.rooster.language;
