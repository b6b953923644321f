package dev.rooster.subscriber.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a file is to be read.
 *
 * @param separator comma, semicolon or tab
 * @param bomBytes length of the byte order mark at its start, 0 for none
 */
record CsvFormat(Path file, Charset charset, char separator, int bomBytes) {
    private static final int BUFFER_CHARS = 1 << 16;

    /** Opens the file after its byte order mark; bytes that are not of the charset throw. */
    Reader open() throws IOException {
        var in = Files.newInputStream(file);
        in.skipNBytes(bomBytes);
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new BufferedReader(new InputStreamReader(in, decoder), BUFFER_CHARS);
    }

    CsvFormat withSeparator(char found) {
        return new CsvFormat(file, charset, found, bomBytes);
    }
}
