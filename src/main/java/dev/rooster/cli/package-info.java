/**
 * The command line, and {@link dev.rooster.cli.App}, where everything is wired.
 *
 * <p>A command reads and writes only through its {@link dev.rooster.cli.Console}, never the process's own streams: while a
 * {@code serve} or {@code send} owns the embedded database, other commands are carried out inside that process over a Unix
 * domain socket, with the caller's arguments, folder, streams and exit code carried across. Outermost ring.
 */
package dev.rooster.cli;
