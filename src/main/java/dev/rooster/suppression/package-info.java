/**
 * Who must never be mailed, and why.
 *
 * <p>Entry points: {@link dev.rooster.suppression.JdbiSuppressions} (add, find, remove, list) and
 * {@link dev.rooster.suppression.RefusalLog}.
 *
 * <p>Why a package of its own: a suppression outlives the subscriber. It is matched by the keyed hash of the address, so that
 * it still works after the person was erased, after an import of an old list and after a restore of an old backup. It has a
 * scope (one newsletter, or all) and one reason per scope; a stronger reason replaces a weaker one, never the reverse.
 */
package dev.rooster.suppression;
