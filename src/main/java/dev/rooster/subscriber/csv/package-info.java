/**
 * Lists of people as CSV files: reading what other services and spreadsheets write, and writing what a spreadsheet may open.
 *
 * <p>Entry points: {@link dev.rooster.subscriber.csv.ImportSubscribers} and
 * {@link dev.rooster.subscriber.csv.ExportSubscribers}.
 *
 * <p>An import first looks at the whole file (encoding, separator, header, broken quotes) and refuses it before anything is
 * written; then it goes through it row by row in bounded transactions. A row that can't be taken is written, with its reason,
 * to a file beside the input, in a form that can be mended and imported itself. Nothing an import does brings back a person
 * who refused, and running it twice is the same as running it once.
 */
package dev.rooster.subscriber.csv;
