/**
 * The database: opening and checking it, its schema, what differs between H2 and PostgreSQL, and which installation it
 * belongs to.
 *
 * <p>Entry point: {@link dev.rooster.db.Database}. The schema is in {@code resources/db/common}, with dialect folders
 * beside it for what the two databases do not share. Features bring their own {@code Jdbi…} classes; nothing here knows
 * a table of theirs. Ring 0.
 *
 * <p>Durability: a commit that was acknowledged survives {@code kill -9} of the process on both databases. H2's default
 * delays its writes by half a second; {@link dev.rooster.db.Dialect#H2} turns that off. Loss of power is promised only by
 * PostgreSQL.
 */
package dev.rooster.db;
